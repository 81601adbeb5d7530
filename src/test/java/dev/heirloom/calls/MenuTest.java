package dev.heirloom.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.heirloom.calls.Menu.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MenuTest {
    @ParameterizedTest
    @CsvSource({"1, SALES", "2-1, BILLING", "2-2, TECHNICAL", "2-0-1, SALES", "2-0-2-2, TECHNICAL"})
    void validChoices_connect(String digits, Department department) {
        Menu menu = after(List.of(digits.split("-")));
        assertThat(menu.step()).isEqualTo(Step.CONNECTED);
        assertThat(menu.choice()).isEqualTo(department);
        assertThat(menu.invalidChoices()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "3", "9", "*", "#", "11", "12", "1 "})
    void invalidChoice_countsAndStays(String digits) {
        Menu menu = Menu.START.press(digits, null);
        assertThat(menu.step()).isEqualTo(Step.MAIN);
        assertThat(menu.invalidChoices()).isEqualTo(1);
        assertThat(menu.lastInvalid()).isTrue();
    }

    @Test
    void thirdInvalidChoice_ends() {
        assertThat(after(List.of("7", "8")).step()).isEqualTo(Step.MAIN);
        assertThat(after(List.of("7", "8", "9")).step()).isEqualTo(Step.ENDED);
    }

    @Test
    void invalidChoices_countThroughAllSteps() {
        Menu menu = after(List.of("7", "2", "7", "0", "7"));
        assertThat(menu.step()).isEqualTo(Step.ENDED);
        assertThat(menu.invalidChoices()).isEqualTo(3);
    }

    @Test
    void validChoice_endsTheApology() {
        assertThat(after(List.of("7", "2")).lastInvalid()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "0", "7", ""})
    void connectedOrEnded_nothingIsLeftToChoose(String digits) {
        Menu connected = after(List.of("1"));
        Menu ended = after(List.of("7", "8", "9"));
        assertThat(connected.press(digits, "r")).isEqualTo(connected);
        assertThat(ended.press(digits, "r")).isEqualTo(ended);
    }

    @Test
    void sameRequestAgain_isNoNewChoice() {
        Menu once = Menu.START.press("7", "first");
        assertThat(once.press("7", "first")).isEqualTo(once);
        assertThat(once.press("7", "second").invalidChoices()).isEqualTo(2);
        Menu support = Menu.START.press("2", "first");
        assertThat(support.press("2", "first")).isEqualTo(support);
    }

    @Test
    void unknownRequests_areNeverTheSame() {
        assertThat(after(List.of("7", "7")).invalidChoices()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"MAIN, SALES, 0", "CONNECTED,, 0", "MAIN,, -1", "MAIN,, 4"})
    void illegalMenu_cannotBeBuilt(Step step, @Nullable Department choice, int invalid) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Menu(step, choice, invalid, false, null));
    }

    private static Menu after(List<String> choices) {
        Menu menu = Menu.START;
        for (String digits : choices) {
            menu = menu.press(digits, null);
        }
        return menu;
    }
}
