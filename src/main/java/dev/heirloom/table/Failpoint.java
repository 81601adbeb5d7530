package dev.heirloom.table;

/** A step at which an owner can be made to fail, in the order in which one unit of work passes them. */
public enum Failpoint {
    /** Before the function of a request runs. */
    BEFORE_FUNCTION,

    /** In the function, after one of its writes. */
    IN_FUNCTION,

    /** Everything the commit needs is allocated; nothing is installed, the lock is not held. */
    BEFORE_COMMIT,

    /** After one of the changes was installed, not yet visible to any reader. */
    IN_COMMIT,

    /** All changes are installed; the next step makes them visible. */
    BEFORE_PUBLICATION,

    /** The changes are visible: the unit of work is applied, whatever happens now. */
    AFTER_PUBLICATION;

    /** What is called at a failpoint; it fails by throwing, or hangs by not returning. Called by the writing thread. */
    @FunctionalInterface
    public interface Hook {
        void reached(Failpoint point);
    }
}
