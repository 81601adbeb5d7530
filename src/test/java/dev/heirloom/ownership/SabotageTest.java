package dev.heirloom.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.heirloom.table.Failpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Failures that are asked for, and what heirs are called. */
class SabotageTest {
    /** Some consumer. */
    private static final class Standby implements TableConsumer<String, String> {
        @Override
        public void consume(OwnedTable<String, String> table, Requests requests) {
            throw new AssertionError("never called");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Sabotage.How.class,
            names = {"EXCEPTION", "ERROR"})
    void strikes_once_atItsPoint(Sabotage.How how) {
        Sabotage sabotage = new Sabotage(how, Failpoint.BEFORE_COMMIT);
        sabotage.reached(Failpoint.AFTER_PUBLICATION);
        assertThat(sabotage.isDone()).isFalse();
        Throwable struck = catchThrowable(() -> sabotage.reached(Failpoint.BEFORE_COMMIT));
        assertThat(Sabotage.isInjected(struck)).isTrue();
        assertThat(struck).hasMessageContaining("BEFORE_COMMIT");
        assertThat(sabotage.isDone()).isTrue();
        sabotage.reached(Failpoint.BEFORE_COMMIT);
    }

    @Test
    void otherFailures_wereNotAskedFor() {
        assertThat(Sabotage.isInjected(new Error("no"))).isFalse();
        assertThat(Sabotage.isInjected(new IllegalStateException("no"))).isFalse();
    }

    @Test
    void heirs_haveNames() {
        assertThat(Heir.MANAGER.label()).isEqualTo("manager");
        assertThat(Heir.NONE.label()).isEqualTo("none");
        assertThat(Heir.consumer("Standby").label()).isEqualTo("Standby");
        assertThat(Heir.consumer(Standby.class)).isEqualTo(Heir.consumer("Standby"));
        assertThat(Heir.consumer("Standby")).hasToString("Standby").isEqualTo(Heir.consumer("Standby"));
        assertThatIllegalArgumentException().isThrownBy(() -> Heir.consumer(" "));
    }
}
