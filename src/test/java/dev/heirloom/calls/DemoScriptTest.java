package dev.heirloom.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DemoScriptTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final List<List<DemoStep>> scripts = Stream.generate(new Random(42)::nextLong)
            .map(seed -> DemoScript.write(new Random(seed), START))
            .limit(1_000)
            .toList();

    @Test
    void everyRequest_isInOrderAndWithinMinutes() {
        for (List<DemoStep> script : scripts) {
            assertThat(script)
                    .extracting(DemoStep::due)
                    .isSorted()
                    .allSatisfy(due -> assertThat(due).isBetween(START, START.plus(Duration.ofMinutes(2))));
        }
    }

    @Test
    void everyScript_endsItsCallWithAllItsRequestsUnderstood() {
        Set<CallStatus> ends = EnumSet.noneOf(CallStatus.class);
        Set<Menu.Step> steps = EnumSet.noneOf(Menu.Step.class);
        Set<Department> choices = EnumSet.noneOf(Department.class);
        for (List<DemoStep> script : scripts) {
            Call call = play(script);
            assertThat(call.isFinished()).isTrue();
            ends.add(call.status());
            steps.add(call.menu().step());
            if (call.menu().choice() != null) {
                choices.add(call.menu().choice());
            }
        }
        assertThat(ends).hasSize(5);
        assertThat(steps).containsExactlyInAnyOrder(Menu.Step.values());
        assertThat(choices).containsExactlyInAnyOrder(Department.values());
    }

    @Test
    void callbacks_comeTwiceAndOvertakeEachOther() {
        int twice = 0;
        int late = 0;
        for (List<DemoStep> script : scripts) {
            Set<String> tokens = new HashSet<>();
            long last = -1;
            for (DemoStep step : script) {
                twice += tokens.add(step.token()) ? 0 : 1;
                String sequence = step.form().getFirst("SequenceNumber");
                if (sequence != null) {
                    late += Long.parseLong(sequence) < last ? 1 : 0;
                    last = Math.max(last, Long.parseLong(sequence));
                }
            }
        }
        assertThat(twice).isGreaterThan(100);
        assertThat(late).isGreaterThan(100);
    }

    @Test
    void numbers_areThoseOfFiction() {
        assertThat(scripts)
                .allSatisfy(script -> assertThat(script).allSatisfy(step -> {
                    assertThat(step.form().getFirst("From"))
                            .matches("\\+1202555\\d{4}")
                            .contains("55501");
                    assertThat(step.form().getFirst("To"))
                            .matches("\\+1202555\\d{4}")
                            .contains("55501");
                }));
    }

    private static Call play(List<DemoStep> script) {
        @Nullable Call call = null;
        for (DemoStep step : script) {
            CallForm form = new CallForm(step.form());
            CallEvent event = form.event();
            assertThat(event.at(step.due()))
                    .as("no request comes before what it tells of")
                    .isBeforeOrEqualTo(step.due());
            call = call == null ? Call.begin(event, step.due()) : call.hear(event, step.due());
            if (step.path().equals(DemoStep.MENU)) {
                call = call.press(form.digits(), step.token());
            }
        }
        return Objects.requireNonNull(call);
    }
}
