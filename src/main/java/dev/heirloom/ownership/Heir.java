package dev.heirloom.ownership;

import java.util.Objects;

/**
 * Who inherits a table when its owner ends, on a normal return as well as on a death, as in ETS. Immutable.
 *
 * <p>The three kinds are {@link #MANAGER}, {@link #NONE} and a {@link Consumer}.
 */
public sealed interface Heir {
    /** The manager keeps the rows and hands the table to the next owner. The default. */
    Heir MANAGER = Constant.MANAGER;

    /** Nobody, as in ETS by default: the rows die with their owner, and the next one starts with an empty table. */
    Heir NONE = Constant.NONE;

    /** What it is called where tables are looked at: {@code manager}, {@code none}, or the name of the consumer. */
    String label();

    /**
     * A hot standby: a consumer whose task is started for the table at once, without a delay and whatever the restart
     * type. While it owns the table the manager is the heir; when it ends, the home consumer is restarted as usual.
     *
     * <p>If it is not deployed when it is needed, the manager inherits; the same if it is the owner that ended.
     *
     * @param name the simple name of its class
     */
    static Heir consumer(String name) {
        return new Consumer(name);
    }

    /** As {@link #consumer(String)}. */
    static Heir consumer(Class<? extends TableConsumer<?, ?>> type) {
        return consumer(type.getSimpleName());
    }

    /** A named consumer. */
    record Consumer(String name) implements Heir {
        public Consumer {
            Objects.requireNonNull(name, "name");
            if (name.isBlank()) {
                throw new IllegalArgumentException("name: a consumer has one");
            }
        }

        @Override
        public String label() {
            return name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** The heirs that are no consumers; use {@link Heir#MANAGER} and {@link Heir#NONE}. */
    enum Constant implements Heir {
        MANAGER("manager"),
        NONE("none");

        private final String label;

        Constant(String label) {
            this.label = label;
        }

        @Override
        public String label() {
            return label;
        }
    }
}
