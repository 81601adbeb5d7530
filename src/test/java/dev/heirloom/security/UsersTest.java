package dev.heirloom.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.fail;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsersTest {
    private static final String HASH = PasswordHash.of("secret", 1_000).toString();

    @Test
    void admin_isThereWithoutAnySetting() {
        Users users = Users.of(new Settings(Map.of()), () -> PasswordHash.of("made", 1_000));
        Caller admin = users.find("admin", "made");
        assertThat(admin).isNotNull();
        assertThat(admin.roles()).containsExactly("operator", "reader", "writer");
        assertThat(users.find("admin", "")).isNull();
    }

    @Test
    void setPassword_isTheAdministrators() {
        Users users = users(Map.of("heirloom.admin.password", "chosen"));
        assertThat(users.find("admin", "chosen")).isNotNull();
        assertThat(users.find("admin", "Chosen")).isNull();
    }

    @Test
    void administrator_mayHaveAHashInstead() {
        Users users = users(Map.of("heirloom.users.admin.password-hash", HASH));
        assertThat(users.find("admin", "secret"))
                .isNotNull()
                .satisfies(admin -> assertThat(admin.has("operator")).isTrue());
    }

    @ParameterizedTest
    @CsvSource({
        "'',                 reader",
        "reader,             reader",
        "writer,             'reader,writer'",
        "'operator',         'operator,reader,writer'",
        "'reader, operator', 'operator,reader,writer'",
    })
    void role_includesThoseBelow(String setting, String roles) {
        Map<String, String> settings = setting.isEmpty()
                ? Map.of("heirloom.users.a.b.password-hash", HASH)
                : Map.of("heirloom.users.a.b.password-hash", HASH, "heirloom.users.a.b.roles", setting);
        Caller caller = Users.of(new Settings(settings), () -> PasswordHash.of("made", 1_000))
                .find("a.b", "secret");
        assertThat(caller).isNotNull();
        assertThat(String.join(",", caller.roles())).isEqualTo(roles);
    }

    @Test
    void unknownUser_isNobody_whateverThePassword() {
        Users users = users(Map.of("heirloom.admin.password", "chosen"));
        assertThat(users.find("nobody", "nobody")).isNull();
        assertThat(users.find("", "")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "heirloom.users..password-hash",
                "heirloom.users.a b.password-hash",
                "heirloom.users.a\n.password-hash"
            })
    void badName_isNamed(String property) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> users(Map.of(property, HASH)))
                .withMessageContaining("heirloom.users.");
    }

    @Test
    void badSettings_areNamedButNotTold() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> users(Map.of("heirloom.users.ann.password-hash", "plain-text")))
                .withMessageContaining("heirloom.users.ann.password-hash")
                .withMessageNotContaining("plain-text");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        users(Map.of("heirloom.users.ann.password-hash", HASH, "heirloom.users.ann.roles", "god")))
                .withMessageContaining("heirloom.users.ann.roles");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> users(Map.of("heirloom.admin.password", " ")))
                .withMessageContaining("heirloom.admin.password");
    }

    private static Users users(Map<String, String> settings) {
        return Users.of(new Settings(settings), () -> fail("a password was made"));
    }
}
