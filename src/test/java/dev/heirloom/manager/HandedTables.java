package dev.heirloom.manager;

import dev.heirloom.TableSpec;
import dev.heirloom.manager.SupervisedTables.Item;
import dev.heirloom.ownership.Heir;
import dev.heirloom.ownership.OwnedTable;
import dev.heirloom.ownership.Requests;
import dev.heirloom.ownership.TableConsumer;
import dev.heirloom.ownership.Transfer;
import dev.heirloom.supervision.RestartType;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The tables of {@link HandOversIT}, one for each test, and their consumers. */
@ApplicationScoped
public class HandedTables {
    /** A row of another type. */
    public record Other(Integer number) {}

    /** A consumer to whom a table is given. */
    @Dependent
    public static class Guest implements TableConsumer<String, Item> {
        static final List<Transfer> TRANSFERS = new CopyOnWriteArrayList<>();

        @Override
        public void accept(OwnedTable<String, Item> table, Transfer transfer) {
            TRANSFERS.add(transfer);
        }

        @Override
        public void consume(OwnedTable<String, Item> table, Requests requests) throws Exception {
            requests.serve(Duration.ofDays(1));
        }
    }

    /** Not a bean. */
    public static class Undeployed implements TableConsumer<String, Item> {
        @Override
        public void consume(OwnedTable<String, Item> table, Requests requests) {
            throw new AssertionError("never called");
        }
    }

    /** Of a scope that outlives an owner. */
    @ApplicationScoped
    public static class Lasting extends Undeployed {}

    /** For other rows. */
    @Dependent
    public static class ForOthers implements TableConsumer<Integer, Other> {
        @Override
        public void consume(OwnedTable<Integer, Other> table, Requests requests) {
            throw new AssertionError("never called");
        }
    }

    /** Cannot be made. */
    @Dependent
    public static class Stillborn extends Undeployed {
        public Stillborn() {
            throw new Expected();
        }
    }

    /** Cannot be prepared. */
    @Dependent
    public static class Unprepared extends Undeployed {
        @PostConstruct
        void prepare() {
            throw new Expected();
        }
    }

    @Produces
    static final TableSpec<String, Item> HEIRLESS =
            SupervisedTables.served("heirless").heir(Heir.NONE);

    @Produces
    static final TableSpec<String, Item> UNDEPLOYED =
            SupervisedTables.served("undeployed").consumer(Undeployed.class);

    @Produces
    static final TableSpec<String, Item> LASTING =
            SupervisedTables.served("lasting").consumer(Lasting.class);

    @Produces
    static final TableSpec<String, Item> STILLBORN = SupervisedTables.served("stillborn")
            .consumer(Stillborn.class)
            .restart(SupervisedTables.EAGER.withIntensity(3, Duration.ofMinutes(1)));

    @Produces
    static final TableSpec<String, Item> UNPREPARED =
            SupervisedTables.served("unprepared").consumer(Unprepared.class).restart(RestartType.TEMPORARY);

    @Produces
    static final TableSpec<String, Item> GIFT =
            SupervisedTables.scripted("gift").heir(Heir.MANAGER, "heirloom");

    @Produces
    static final TableSpec<String, Item> REFUSED_GIFT = SupervisedTables.scripted("refused-gift");

    @Produces
    static final TableSpec<String, Item> INCARNATIONS = SupervisedTables.scripted("incarnations");

    @Produces
    static final TableSpec<String, Item> EVENTS =
            SupervisedTables.scripted("events").restart(RestartType.TRANSIENT);

    @Produces
    static final TableSpec<String, Item> CALLBACKS = SupervisedTables.served("callbacks");

    @Produces
    static final TableSpec<String, Item> SELF = SupervisedTables.served("self");

    @Produces
    static final TableSpec<Integer, Other> TWICE = TableSpec.set("twice", Other.class, Other::number);

    @Produces
    static final TableSpec<Long, Long> TWICE_AGAIN = TableSpec.set("twice", Long.class, number -> number);

    /** Names a consumer whose rows are others; only an unchecked cast gets that far. */
    @Produces
    @SuppressWarnings({"unchecked", "rawtypes"})
    static TableSpec<String, Item> otherRows() {
        return SupervisedTables.served("other-rows").consumer((Class) ForOthers.class);
    }

    @Produces
    static TableSpec<Short, Short> failing() {
        throw new IllegalStateException("expected by the test");
    }
}
