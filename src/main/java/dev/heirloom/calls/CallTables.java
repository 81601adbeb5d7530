package dev.heirloom.calls;

import dev.heirloom.TableSpec;
import dev.heirloom.backup.Durability;
import dev.heirloom.supervision.RestartPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;

/** The table of the application. */
@ApplicationScoped
class CallTables {
    /**
     * Phone calls by Twilio's id. Twilio waits 15 seconds for an answer: at 5 seconds a request can be tried twice. Its
     * owner may be killed by hand as often as anybody likes, and is back within half a second at the most. Calls go on
     * while the server is started anew: their state is kept.
     */
    @Produces
    static final TableSpec<String, Call> CALLS = TableSpec.set("calls", Call.class, Call::sid)
            .keyField("sid")
            .durability(Durability.EVERY_SECOND)
            .consumer(CallKeeper.class)
            .timeout(Duration.ofSeconds(5))
            .restart(RestartPolicy.DEFAULT
                    .withIntensity(1_000, Duration.ofMinutes(1))
                    .withBackoff(Duration.ofMillis(10), Duration.ofMillis(500)))
            .required(true);
}
