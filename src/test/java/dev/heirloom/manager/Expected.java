package dev.heirloom.manager;

/** An error that a test wants; without a stack trace, so that the logs stay short. */
final class Expected extends Error {
    private static final long serialVersionUID = 1;

    Expected() {
        super("expected by the test", null, false, false);
    }
}
