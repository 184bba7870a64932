//! The process that reads documents, alone: for tests.

fn main() {
    files::document::read_standard_input();
}
