package dev.heirloom.rest;

/** Ends an HTTP request with a problem. */
public final class ProblemException extends RuntimeException {
    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.title(), null, false, false); // an answer, not a defect: no stack trace
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
