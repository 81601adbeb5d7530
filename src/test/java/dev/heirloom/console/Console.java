package dev.heirloom.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heirloom.rest.Http;
import java.net.URI;
import org.openqa.selenium.Keys;

/** The console in a browser, with a user who is logged in. Not thread-safe. */
final class Console {
    private static final String USER = "admin";

    private final Browser browser;
    private final URI base;

    Console(Browser browser, URI base) {
        this.browser = browser;
        this.base = base;
    }

    /** Opens a page anew, and logs in if it asks for that. */
    void open(String hash) {
        browser.open(base.resolve(hash));
        browser.see(".login form, #nav");
        if (browser.shown(".login form") > 0) {
            logIn(Http.ADMIN_PASSWORD);
        }
        browser.see("#nav");
        browser.see("h1");
    }

    /** Opens nothing, so that nothing is asked of the server any more. */
    void leave() {
        browser.open(URI.create("about:blank"));
    }

    void logIn(String password) {
        browser.write("input[name=user]", USER);
        browser.write("input[name=password]", password);
        browser.click("Log in");
    }

    /** Has the rows of a table be those that a filter chooses. */
    void filter(String rsql) {
        browser.write(".filter input", rsql);
        browser.press(Keys.ENTER);
    }

    /** Does what a dialog asks to confirm. */
    void confirm(String action) {
        browser.see("dialog[open]");
        browser.click(action);
    }

    /** The figure with a name, of those at the head of a page. */
    String fact(String name) {
        return String.valueOf(browser.run("""
                const term = [...document.querySelectorAll('.facts dt')].find((each) => each.textContent === arguments[0]);
                return term.nextElementSibling.textContent;
                """, name));
    }

    void assertNoErrors() {
        assertThat(browser.errors()).isEmpty();
    }
}
