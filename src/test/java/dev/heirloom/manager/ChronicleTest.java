package dev.heirloom.manager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heirloom.ownership.Transfer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log records of a table: in words, and with fields for formatters that want them. */
class ChronicleTest {
    private static final Logger LOG = Logger.getLogger("dev.heirloom");

    private final List<LogRecord> records = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            if (record.getMessage().contains("{2}") && record.getParameters()[0].equals("chronicled")) {
                records.add(record);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final World world = new World();
    private final Chronicle chronicle = new Chronicle(() -> "chronicled", () -> 12_345, world);

    @BeforeEach
    void listen() {
        handler.setLevel(Level.ALL);
        LOG.addHandler(handler);
    }

    @AfterEach
    void stopListening() {
        LOG.removeHandler(handler);
    }

    private Map<?, ?> fields(LogRecord record) {
        Object[] parameters = record.getParameters();
        return (Map<?, ?>) parameters[parameters.length - 1];
    }

    @Test
    void death_hasTableEpochConsumerAndCause() {
        chronicle.reclaimed("Keeper", new IllegalStateException("broken"), "");
        chronicle.tell();
        LogRecord record = records.get(0);
        assertThat(record.getLevel()).isEqualTo(Level.WARNING);
        assertThat(fields(record))
                .isEqualTo(Map.of(
                        "table", "chronicled",
                        "epoch", "12345",
                        "event", "Reclaimed",
                        "consumer", "Keeper",
                        "cause", "java.lang.IllegalStateException: broken"));
        assertThat(new SimpleFormatter().formatMessage(record))
                .isEqualTo("Table chronicled, epoch 12345: reclaimed from Keeper, which died of "
                        + "java.lang.IllegalStateException: broken");
    }

    @Test
    void sameDeath_hasItsStackTraceOnce() {
        IllegalStateException death = new IllegalStateException("broken");
        chronicle.reclaimed("Keeper", death, "");
        chronicle.reclaimed("Keeper", death, "");
        chronicle.tell();
        assertThat(records).extracting(LogRecord::getThrown).containsExactly(death, null);
    }

    @Test
    void readOnly_isAnError_andEndsWithOneWord() {
        chronicle.readOnly("the disk is full");
        chronicle.writable();
        chronicle.tell();
        assertThat(records).extracting(LogRecord::getLevel).containsExactly(Level.SEVERE, Level.INFO);
        assertThat(fields(records.get(0)).get("cause")).isEqualTo("the disk is full");
        assertThat(world.told(TableEvent.ReadOnly.class))
                .singleElement()
                .satisfies(event -> assertThat(event.why()).isEqualTo("the disk is full"));
        assertThat(world.told(TableEvent.Writable.class)).hasSize(1);
    }

    @Test
    void everyRecord_carriesTheTable() {
        chronicle.created();
        chronicle.handedOver("Keeper", Transfer.Reason.INHERITED, Duration.ofMillis(1));
        chronicle.vacated("it returned");
        chronicle.orphaned("orphaned after too much");
        chronicle.renamed("before", "chronicled");
        chronicle.closed("closed");
        chronicle.tell();
        assertThat(records).hasSize(6).allSatisfy(record -> {
            assertThat(fields(record).get("table")).isEqualTo("chronicled");
            assertThat(fields(record).get("event")).isNotNull();
        });
    }
}
