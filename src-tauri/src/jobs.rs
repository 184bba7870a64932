//! Long work: one way to begin it, to follow it, and to stop it. It outlives the page that asked for it, and the page that
//! is there hears how far it is.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tauri::ipc::Channel;

use crate::ipc::{JobKind, JobView, News};
use crate::newsroom::Newsroom;

/// How often the page hears how far some work is: often enough for a bar that moves.
const EVERY: Duration = Duration::from_millis(200);

/// Work that takes seconds or minutes.
pub trait Work: Send + Sync + 'static {
    /// Does it, on a thread of its own. Returns soon after `stop`.
    fn run(&self);
    /// Ends it soon.
    fn stop(&self);
    /// How far it is: so much of so much, and how many results there are.
    fn far(&self) -> (u64, u64, u32);
}

/// What is being done, and who hears of it.
#[derive(Clone, Default)]
pub struct Jobs {
    running: Arc<Mutex<Running>>,
    newsroom: Newsroom,
}

type Running = HashMap<JobKind, Arc<dyn Work>>;

impl Jobs {
    /// Jobs whose news go through here.
    pub fn telling(newsroom: Newsroom) -> Self {
        Self { running: Arc::default(), newsroom }
    }

    /// The page that listens from now on, which hears at once what is being done.
    pub fn listen(&self, ear: Channel<News>) {
        self.newsroom.listen(ear);
        let running: Vec<JobView> =
            self.running().iter().map(|(kind, work)| view(*kind, &**work, true)).collect();
        running.into_iter().for_each(|job| self.tell(job));
    }

    /// Begins it, unless some of the same kind goes on. `Ended` is told after `run` has returned.
    pub fn begin(&self, kind: JobKind, work: Arc<dyn Work>) -> bool {
        {
            let mut running = self.running();
            if running.contains_key(&kind) {
                return false;
            }
            running.insert(kind, Arc::clone(&work));
        }
        self.tell(view(kind, &*work, true));
        let jobs = self.clone();
        tauri::async_runtime::spawn(async move {
            let doing = Arc::clone(&work);
            let mut done = tauri::async_runtime::spawn_blocking(move || doing.run());
            // What panics has ended, too.
            while tokio::time::timeout(EVERY, &mut done).await.is_err() {
                jobs.tell(view(kind, &*work, true));
            }
            jobs.running().remove(&kind);
            jobs.tell(view(kind, &*work, false));
        });
        true
    }

    /// Stops what of this kind is being done.
    pub fn stop(&self, kind: JobKind) {
        let work = self.running().get(&kind).cloned();
        if let Some(work) = work {
            work.stop();
        }
    }

    /// Whether some of this kind is being done.
    pub fn is_running(&self, kind: JobKind) -> bool {
        self.running().contains_key(&kind)
    }

    fn tell(&self, job: JobView) {
        self.newsroom.tell(News::Job { job });
    }

    fn running(&self) -> MutexGuard<'_, Running> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn view(kind: JobKind, work: &dyn Work, is_running: bool) -> JobView {
    let (done, all, results) = work.far();
    JobView { kind, is_running, done, all, results }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, channel};

    use super::*;

    /// Runs until it is stopped.
    #[derive(Default)]
    struct Endless(Mutex<bool>, std::sync::Condvar);

    impl Work for Endless {
        fn run(&self) {
            let stopped = self.0.lock().unwrap();
            drop(self.1.wait_while(stopped, |stopped| !*stopped).unwrap());
        }

        fn stop(&self) {
            *self.0.lock().unwrap() = true;
            self.1.notify_all();
        }

        fn far(&self) -> (u64, u64, u32) {
            (1, 2, 3)
        }
    }

    struct Panics;

    impl Work for Panics {
        fn run(&self) {
            panic!("as it is meant to");
        }

        fn stop(&self) {}

        fn far(&self) -> (u64, u64, u32) {
            (0, 0, 0)
        }
    }

    fn page(jobs: &Jobs) -> Receiver<String> {
        let (tell, told) = channel();
        jobs.listen(Channel::new(move |body| {
            if let tauri::ipc::InvokeResponseBody::Json(json) = body {
                let _ = tell.send(json);
            }
            Ok(())
        }));
        told
    }

    #[test]
    fn it_is_followed_stopped_and_ends_once() {
        let jobs = Jobs::default();
        let told = page(&jobs);
        assert!(jobs.begin(JobKind::LeakCheck, Arc::new(Endless::default())));
        assert!(!jobs.begin(JobKind::LeakCheck, Arc::new(Endless::default())), "one at a time");
        assert!(told.recv().unwrap().contains("\"isRunning\":true"));
        // A page that was loaded again hears at once that there is something.
        let told = page(&jobs);
        assert!(told.recv().unwrap().contains("\"done\":1"));
        jobs.stop(JobKind::LeakCheck);
        let ends = told.iter().take_while(|news| news.contains("\"isRunning\":true")).count();
        assert!(!jobs.is_running(JobKind::LeakCheck), "after {ends} more news");
    }

    #[test]
    fn what_panics_has_ended() {
        let jobs = Jobs::default();
        let told = page(&jobs);
        assert!(jobs.begin(JobKind::LeakCheck, Arc::new(Panics)));
        assert!(told.iter().any(|news| news.contains("\"isRunning\":false")));
    }
}
