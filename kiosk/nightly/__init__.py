"""The nightly job: reconcile every day that is over, report, and verify the log."""
