package dev.heirloom.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heirloom.TableSpec;
import dev.heirloom.ownership.GiveAwayRefusedException;
import dev.heirloom.ownership.Heir;
import dev.heirloom.ownership.NoOwnerException;
import dev.heirloom.ownership.OwnerDiedException;
import dev.heirloom.ownership.ServingConsumer;
import dev.heirloom.ownership.TableConsumer;
import dev.heirloom.ownership.TableRef;
import dev.heirloom.supervision.RestartPolicy;
import dev.heirloom.supervision.RestartType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Owners that are told to end, or to give their table away, by somebody else. */
class OrdersTest {
    private static TableSpec<String, String> spec(RestartType type) {
        return TableSpec.set("strings", String.class, row -> row)
                .restart(RestartPolicy.DEFAULT.withType(type).withIntensity(0, Duration.ofMinutes(1)));
    }

    private static TableSpec<String, String> spec() {
        return spec(RestartType.PERMANENT);
    }

    private static void awaitOwned(TestTables tables, TableSpec<?, ?> spec) {
        await().until(() -> tables.status(spec).isOwned());
    }

    private static void awaitDone(CompletionStage<@Nullable Void> told) throws Exception {
        told.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static CountDownLatch blocked(TableRef<String, String> ref, List<CompletionStage<String>> asked) {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        asked.add(ref.ask(t -> {
            running.countDown();
            go.await();
            return t.insert("first");
        }));
        try {
            running.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return go;
    }

    @ParameterizedTest
    @EnumSource(RestartType.class)
    void restart_losesNothing_andIsNoFailure(RestartType type) throws Exception {
        TableSpec<String, String> spec = spec(type); // one restart after a failure would be too many
        try (TestTables tables = TestTables.of(spec)) {
            TableRef<String, String> ref = tables.ref(spec);
            awaitOwned(tables, spec);
            long epoch = tables.status(spec).epoch();
            List<CompletionStage<String>> asked = new ArrayList<>();
            CountDownLatch go = blocked(ref, asked);
            for (int i = 0; i < 100; i++) {
                String row = "waiting" + i;
                asked.add(ref.ask(t -> t.insert(row)));
            }
            CompletionStage<@Nullable Void> told = tables.restart(spec);
            assertThat(told.toCompletableFuture()).isNotDone(); // not in the middle of a request
            go.countDown();
            awaitDone(told);
            for (CompletionStage<String> each : asked) {
                each.toCompletableFuture().get(30, TimeUnit.SECONDS);
            }
            assertThat(ref.size()).isEqualTo(101);
            awaitOwned(tables, spec);
            TableStatus status = tables.status(spec);
            assertThat(status.epoch()).isGreaterThan(epoch);
            assertThat(status.restarts()).isZero();
            assertThat(status.lastFailure()).isNull();
            assertThat(tables.figures(spec).deaths()).isEmpty();
            assertThat(tables.figures(spec).requests().applied()).isEqualTo(101);
        }
    }

    @Test
    void restart_manyTimes_neverOrphans() throws Exception {
        TableSpec<String, String> spec = spec();
        try (TestTables tables = TestTables.of(spec)) {
            for (int i = 0; i < 20; i++) {
                awaitOwned(tables, spec);
                awaitDone(tables.restart(spec));
            }
            awaitOwned(tables, spec);
            String alive = tables.ref(spec).call(t -> t.insert("alive"));
            assertThat(alive).isEqualTo("alive");
            await().until(() -> tables.status(spec).handOvers() == 21);
        }
    }

    @Test
    void restart_withoutAnHeir_keepsTheRows() throws Exception {
        TableSpec<String, String> spec = spec().heir(Heir.NONE);
        try (TestTables tables = TestTables.of(spec)) {
            tables.ref(spec).call(t -> t.insert("row"));
            awaitDone(tables.restart(spec));
            awaitOwned(tables, spec);
            assertThat(tables.ref(spec).find("row")).isPresent();
        }
    }

    @Test
    void restart_ofAGuest_keepsTheGuest() throws Exception {
        TableSpec<String, String> spec = spec();
        try (TestTables tables = TestTables.of(spec).deploy("Guest", ServingConsumer::new)) {
            awaitOwned(tables, spec);
            awaitDone(tables.giveAway(spec, "Guest"));
            await().until(() -> tables.status(spec).isOwned()
                    && "Guest".equals(tables.status(spec).owner()));
            awaitDone(tables.restart(spec));
            await().until(() ->
                    tables.status(spec).isOwned() && tables.status(spec).handOvers() == 3);
            assertThat(tables.status(spec).owner()).isEqualTo("Guest");
        }
    }

    @Test
    void giveAway_movesTheTable_andItsRequests() throws Exception {
        TableSpec<String, String> spec = spec();
        try (TestTables tables = TestTables.of(spec).deploy("Guest", ServingConsumer::new)) {
            TableRef<String, String> ref = tables.ref(spec);
            awaitOwned(tables, spec);
            List<CompletionStage<String>> asked = new ArrayList<>();
            CountDownLatch go = blocked(ref, asked);
            asked.add(ref.ask(t -> t.insert("second")));
            CompletionStage<@Nullable Void> told = tables.giveAway(spec, "Guest");
            go.countDown();
            awaitDone(told);
            for (CompletionStage<String> each : asked) {
                each.toCompletableFuture().get(30, TimeUnit.SECONDS);
            }
            await().until(() -> tables.status(spec).isOwned());
            assertThat(tables.status(spec).owner()).isEqualTo("Guest");
            assertThat(tables.history(spec))
                    .extracting(each -> each.event().getClass().getSimpleName())
                    .containsSubsequence("Created", "HandedOver", "GivenAway", "HandedOver")
                    .doesNotContain("Reclaimed");
        }
    }

    @Test
    void giveAway_toNobody_isRefused() {
        TableSpec<String, String> spec = spec();
        try (TestTables tables = TestTables.of(spec)) {
            awaitOwned(tables, spec);
            assertThatThrownBy(() -> awaitDone(tables.giveAway(spec, "Nobody")))
                    .hasCauseInstanceOf(GiveAwayRefusedException.class)
                    .hasMessageContaining("not deployed");
            assertThatThrownBy(() -> awaitDone(tables.giveAway(spec, ServingConsumer.NAME)))
                    .hasCauseInstanceOf(GiveAwayRefusedException.class)
                    .hasMessageContaining("owns it already");
            assertThat(tables.status(spec).isOwned()).isTrue();
        }
    }

    @Test
    void orders_withoutAnOwner_areRefused() {
        TableSpec<String, String> spec = spec(RestartType.TEMPORARY).consumer(Returning.class);
        try (TestTables tables = TestTables.of(type -> (Returning) (table, requests) -> {}, event -> {}, spec)) {
            await().until(() -> tables.status(spec).isVacant());
            assertThatThrownBy(() -> awaitDone(tables.restart(spec)))
                    .hasCauseInstanceOf(NoOwnerException.class)
                    .hasMessageContaining("Vacant");
            assertThatThrownBy(() -> awaitDone(tables.giveAway(spec, ServingConsumer.NAME)))
                    .hasCauseInstanceOf(NoOwnerException.class);
        }
    }

    /** Returns at once. */
    interface Returning extends TableConsumer<String, String> {}

    @Test
    void order_ofAnOwnerThatDiesFirst_fails() throws Exception {
        TableSpec<String, String> spec = TableSpec.set("strings", String.class, row -> row);
        try (TestTables tables = TestTables.of(spec).deploy("Guest", ServingConsumer::new)) {
            awaitOwned(tables, spec);
            CountDownLatch running = new CountDownLatch(1);
            CountDownLatch go = new CountDownLatch(1);
            CompletionStage<String> fatal = tables.ref(spec).ask(t -> {
                running.countDown();
                go.await();
                throw new AssertionError("expected");
            });
            running.await();
            CompletionStage<@Nullable Void> told = tables.giveAway(spec, "Guest");
            go.countDown();
            assertThatThrownBy(() -> awaitDone(told)).hasCauseInstanceOf(NoOwnerException.class);
            assertThatThrownBy(() -> fatal.toCompletableFuture().get(30, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(OwnerDiedException.class);
            await().until(() -> tables.status(spec).isOwned());
            assertThat(tables.status(spec).owner()).isEqualTo(ServingConsumer.NAME);
        }
    }
}
