package dev.heirloom.table;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;

/** What all model checking of tables needs. */
final class Lincheck {
    /** More than the slots of a hash table of few keys: by default Lincheck takes a walk over them for a thread that hangs. */
    private static final int LOOP_BOUND = 200;

    private Lincheck() {}

    static ModelCheckingOptions modelChecking(Class<?> sequential) {
        return new ModelCheckingOptions().loopBound(LOOP_BOUND).sequentialSpecification(sequential);
    }
}
