package dev.heirloom.manager;

import dev.heirloom.TableSpec;
import dev.heirloom.supervision.RestartPolicy;
import dev.heirloom.supervision.RestartType;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;

/** The tables of {@link SupervisionIT} and {@link HungOwnersIT}, one for each test. */
@ApplicationScoped
public class SupervisedTables {
    /** The rows of the tables of the container tests. */
    public record Item(String name, int value) {}

    /** Never gives up, hardly waits. */
    static final RestartPolicy EAGER = RestartPolicy.DEFAULT
            .withIntensity(100_000, Duration.ofMinutes(1))
            .withBackoff(Duration.ofMillis(1), Duration.ofMillis(5));

    static final Duration SHORT = Duration.ofMillis(400);

    @Produces
    static final TableSpec<String, Item> ERROR = served("error");

    @Produces
    static final TableSpec<String, Item> ACCEPT = scripted("accept");

    @Produces
    static final TableSpec<String, Item> CONSUME = scripted("consume");

    @Produces
    static final TableSpec<String, Item> PERMANENT = scripted("permanent");

    @Produces
    static final TableSpec<String, Item> TRANSIENT = scripted("transient").restart(RestartType.TRANSIENT);

    @Produces
    static final TableSpec<String, Item> TEMPORARY = scripted("temporary").restart(RestartType.TEMPORARY);

    @Produces
    static final TableSpec<String, Item> FUNCTION = served("function");

    @Produces
    static final TableSpec<String, Item> HUNG_REQUEST = served("hung-request").timeout(SHORT);

    @Produces
    static final TableSpec<String, Item> HUNG_ACCEPT = scripted("hung-accept").timeout(SHORT);

    @Produces
    static final TableSpec<String, Item> HUNG_CONSTRUCTOR =
            served("hung-constructor").consumer(SlowToBeBorn.class).timeout(SHORT);

    @Produces
    static final TableSpec<String, Item> HUNG_DESTRUCTION =
            served("hung-destruction").consumer(SlowToDie.class).timeout(SHORT);

    @Produces
    static final TableSpec<String, Item> HEARTBEAT = scripted("heartbeat").heartbeat(SHORT);

    @Produces
    static final TableSpec<String, Item> ZOMBIE = scripted("zombie").heartbeat(SHORT);

    @Produces
    static final TableSpec<String, Item> STUBBORN_REQUEST =
            served("stubborn-request").timeout(SHORT);

    @Produces
    static final TableSpec<String, Item> ZOMBIES =
            scripted("zombies").heartbeat(SHORT).maxZombies(1);

    @Produces
    static final TableSpec<String, Item> INTENSITY = served("intensity")
            .restart(EAGER.withIntensity(2, Duration.ofMinutes(1)))
            .required(true);

    @Produces
    static final TableSpec<String, Item> DEADLINE = served("deadline");

    @Produces
    static final TableSpec<String, Item> BACKOFF =
            served("backoff").restart(EAGER.withBackoff(Duration.ofSeconds(1), Duration.ofSeconds(1)));

    @Produces
    static final TableSpec<String, Item> MAILBOX = served("mailbox").mailbox(2);

    @Produces
    static final TableSpec<String, Item> COMMITTED = served("committed");

    @Produces
    static final TableSpec<String, Item> SABOTAGED = served("sabotaged").timeout(SHORT);

    static TableSpec<String, Item> served(String name) {
        return TableSpec.set(name, Item.class, Item::name).restart(EAGER);
    }

    static TableSpec<String, Item> scripted(String name) {
        return served(name).consumer(Scripted.class);
    }
}
