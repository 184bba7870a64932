//! What a test has had of the processor: on a busy machine it waits for its turn, and that is no fault of what it looks at.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// Processor time of this thread since it began.
pub(crate) fn spent() -> Duration {
    clock_gettime(ClockId::ThreadCPUTime).try_into().expect("no time before the first")
}
