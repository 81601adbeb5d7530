package dev.heirloom.manager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heirloom.TableSpec;
import dev.heirloom.supervision.RestartPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is remembered of a table's ownership. */
class HistoryTest {
    private final World world = new World();
    private final Catalog catalog =
            new Catalog(world, world, Runnable::run, new Safe(() -> Path.of("unused"), Runnable::run));

    private Custodian<String, String> open(int intensity) {
        Custodian<String, String> custodian = catalog.add(TableSpec.set("strings", String.class, row -> row)
                .restart(RestartPolicy.DEFAULT.withIntensity(intensity, Duration.ofMinutes(1))));
        custodian.open();
        return custodian;
    }

    private static List<String> names(List<LoggedEvent> events) {
        return events.stream()
                .map(each -> each.event().getClass().getSimpleName())
                .toList();
    }

    @Test
    void incarnations_haveABeginning_andAnEndWithItsCause() {
        Custodian<String, String> custodian = open(0);
        world.dies();
        world.runAndTell();
        assertThat(names(custodian.history())).containsExactly("Created", "HandedOver", "Reclaimed", "Orphaned");
        TableEvent.Reclaimed death =
                (TableEvent.Reclaimed) custodian.history().get(2).event();
        assertThat(death.cause()).isEqualTo(Expected.class.getName());
        assertThat(death.why()).contains(Expected.class.getName());
        assertThat(custodian.history())
                .extracting(each -> each.event().sequence())
                .containsExactly(1L, 2L, 3L, 4L);
        assertThat(custodian.history()).extracting(LoggedEvent::at).isSorted();
        assertThat(custodian.figures().deaths()).containsExactly(java.util.Map.entry(Expected.class.getName(), 1L));
    }

    @Test
    void renamed_keepsItsHistory() {
        Custodian<String, String> custodian = open(3);
        catalog.rename("strings", "texts");
        world.pass(Duration.ZERO);
        assertThat(names(catalog.custodian("texts").history())).containsExactly("Created", "Renamed");
        assertThat(custodian.history().get(0).event().table()).isEqualTo("strings");
    }

    @Test
    void history_isBounded() {
        Custodian<String, String> custodian = open(10_000);
        world.dies();
        for (int i = 0; i < 100; i++) {
            world.runAndTell();
            world.pass(Duration.ofSeconds(20));
        }
        assertThat(custodian.history()).hasSize(world.log.perTable());
        assertThat(custodian.history().get(world.log.perTable() - 1).number()).isEqualTo(world.log.count());
    }

    @Test
    void causesOfDeath_areBounded() {
        Chronicle chronicle = new Chronicle(() -> "strings", () -> 1, world);
        List<Throwable> causes = List.of(new Expected(), new Error(), new IllegalStateException());
        for (int i = 0; i < Chronicle.CLASSES + 5; i++) {
            chronicle.reclaimed("Consumer", causeOfAnotherClass(i), "");
        }
        causes.forEach(each -> chronicle.reclaimed("Consumer", each, ""));
        assertThat(chronicle.deaths()).hasSize(Chronicle.CLASSES + 1).containsEntry(Chronicle.OTHER, 8L);
    }

    /** A class of its own for each number. */
    private static Throwable causeOfAnotherClass(int number) {
        Throwable[] all = {
            new ArithmeticException(), new ArrayStoreException(), new ClassCastException(),
                    new EnumConstantNotPresentException(Thread.State.class, ""),
            new IllegalArgumentException(), new IllegalMonitorStateException(), new IllegalThreadStateException(),
                    new IndexOutOfBoundsException(),
            new ArrayIndexOutOfBoundsException(), new StringIndexOutOfBoundsException(),
                    new NegativeArraySizeException(), new NullPointerException(),
            new NumberFormatException(), new SecurityException(), new UnsupportedOperationException(),
                    new StackOverflowError(),
            new OutOfMemoryError(), new InternalError(), new UnknownError(), new LinkageError(),
            new NoClassDefFoundError(), new ClassFormatError(), new VerifyError(), new UnsatisfiedLinkError(),
            new ExceptionInInitializerError(), new BootstrapMethodError()
        };
        return all[number];
    }
}
