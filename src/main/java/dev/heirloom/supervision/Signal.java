package dev.heirloom.supervision;

/** What a supervisor is told. Signals that name an epoch other than the one waited for have no effect. */
public sealed interface Signal {
    /** The rows that were kept are about to be read: at the start, or because somebody revived the table. */
    record Load() implements Signal {}

    /** The rows are there. */
    record Loaded() implements Signal {}

    /** The rows cannot be read. */
    record NotLoaded(String why) implements Signal {}

    /** A consumer may own the table now: at the start, or because somebody revived the table. */
    record Offer() implements Signal {}

    /** The home consumer is not there, so nobody can own the table. */
    record NoConsumer(String why) implements Signal {}

    /** The manager made an owner and submitted its task. */
    record Submitted(String consumer, long epoch) implements Signal {}

    /** The owner's task runs. */
    record Started(long epoch) implements Signal {}

    /** The owner's task should run by now, and does not. */
    record Late(long epoch) implements Signal {}

    /** The owner died, and the table was taken from it. */
    record Died(long epoch, String why, Heirship heirship) implements Signal {
        public Died(long epoch, String why) {
            this(epoch, why, Heirship.OF_THE_MANAGER);
        }
    }

    /** The owner returned, and the table was taken from it. */
    record Returned(long epoch, Heirship heirship) implements Signal {
        public Returned(long epoch) {
            this(epoch, Heirship.OF_THE_MANAGER);
        }
    }

    /** The owner made way for its successor because somebody asked for that, and the table was taken back. */
    record Restarted(long epoch) implements Signal {}

    /** The executor did not take the task, or dropped it before it began. */
    record Rejected(long epoch, String why) implements Signal {}

    /** The owner gave the table away. */
    record GivenAway(long epoch, String to) implements Signal {}

    /** The owner ended, but the table's lock is held by somebody. */
    record LockHeld(long epoch) implements Signal {}

    /** The owner was fenced and there are too many that do not end: no more of them. */
    record TooManyZombies(long epoch, int zombies) implements Signal {}

    /** The delay of a back-off is over. */
    record Due() implements Signal {}

    /** The end. */
    record Close() implements Signal {}
}
