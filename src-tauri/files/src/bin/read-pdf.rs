//! The process that reads PDFs, alone: for tests.

fn main() {
    files::pdf::read_standard_input();
}
