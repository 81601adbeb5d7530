package dev.heirloom.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heirloom.Deployments;
import dev.heirloom.calls.Callers;
import dev.heirloom.rest.Http;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * The console in a real Chromium, with the application as it is built. Where no browser is installed it is skipped, or,
 * if {@code CI} is set, fails.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ConsoleIT {
    private static final int ROWS = 120;
    private static final int CALLS = 16;
    private static final String TOKEN = "for-tests-on-loopback";

    /** A number a second that is not 0. */
    private static final String SOME = "[1-9].*|0\\.[1-9]";

    private static Browser browser;
    private static Callers callers;

    @ArquillianResource
    private URI base;

    private Server server;
    private Console console;

    @Deployment(testable = false)
    static WebArchive deployment() {
        return Deployments.application(
                        "heirloom.chaos=true", "heirloom.twilio.auth-token=" + TOKEN, "heirloom.json.max-tables=300")
                .addClass(Relief.class);
    }

    @BeforeAll
    static void start() {
        if (System.getenv("CI") == null) {
            assumeTrue(Browser.isInstalled(), "no chromium and chromedriver on the search path");
        }
        browser = new Browser();
    }

    @AfterAll
    static void stop() throws IOException {
        if (callers != null) {
            callers.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void connect() {
        if (callers == null) { // the address is known from here on only
            callers = new Callers(base, TOKEN, CALLS);
        }
        server = new Server(base);
        console = new Console(browser, base);
        browser.size(1280, 900);
        browser.scheme("light");
    }

    @AfterEach
    void pageHadNoErrors() {
        console.assertNoErrors();
    }

    @Test
    void wrongPassword_isTold_andTheRightOneEnters() {
        browser.open(base.resolve("#/jobs"));
        browser.forgetCookies();
        browser.open(base.resolve("#/jobs"));
        console.logIn("not the password");
        browser.awaitText(".login .error", "wrong");
        console.logIn(Http.ADMIN_PASSWORD);
        browser.awaitText("h1", "Jobs");
        browser.awaitText("#session", "admin");
        browser.click("Log out");
        browser.awaitText(".login", "You are logged out");
    }

    @Test
    void endedSession_isToldAndGoesOnWhereItWas() {
        console.open("#/tables/calls/history");
        browser.awaitText("h1", "calls");
        browser.forgetCookies();
        browser.awaitText(".login", "Your session has ended");
        console.logIn(Http.ADMIN_PASSWORD);
        browser.awaitText("h1", "calls");
        browser.awaitText(".parts [aria-current]", "History");
    }

    @Test
    void killedOwner_andItsSuccessor_areSeenLive() {
        console.open("#/calls");
        await().atMost(Browser.PATIENCE).until(() -> browser.shown(".lines li:not([data-lamp=free])") > 3);
        String before = console.fact("Epoch");
        browser.click("Kill the owner");
        browser.awaitText(".news", "CallKeeper died");
        browser.awaitText(".news", "CallKeeper holds the table");
        await().atMost(Browser.PATIENCE).until(() -> !console.fact("Epoch").equals(before));
        await().atMost(Browser.PATIENCE).until(() -> browser.shown(".tl-lane .tl-mark[data-kind=died]") > 0);
        await().atMost(Browser.PATIENCE).until(() -> browser.shown(".cords path") > 0);
        browser.screenshot("switchboard");
    }

    @Test
    void tables_areFilteredAndSorted() {
        String first = server.table(3);
        String second = server.table(1);
        console.open("#/tables");
        browser.write("input[type=search]", "TABLE-");
        await().atMost(Browser.PATIENCE).until(() -> browser.shown(".tables tbody tr") >= 2);
        assertThat(browser.text(".tables")).contains(first, second).doesNotContain("calls");
        browser.write("input[type=search]", "no such table");
        browser.awaitText(".empty", "No table matches");
        browser.write("input[type=search]", "table-");
        browser.click("Rows");
        assertThat(browser.see("th[data-id=rows]").getAttribute("aria-sort")).isEqualTo("descending");
        await().atMost(Browser.PATIENCE).untilAsserted(() -> {
            List<Integer> rows = browser.all(".tables tbody tr:not([hidden]) td[data-id=rows]").stream()
                    .map(cell -> Integer.valueOf(cell.getText()))
                    .toList();
            assertThat(rows).isSortedAccordingTo((a, b) -> b - a).contains(3, 1);
        });
        browser.write("input[type=search]", Keys.SPACE.toString());
    }

    @Test
    void readsAndChangesPerSecond_areTold_alsoOfTablesThatKeepNoChanges() {
        String table = server.plainTable();
        console.open("#/tables/" + table);
        for (String rate : List.of("Reads/s", "Changes/s", "Requests/s")) {
            await(rate).atMost(Browser.PATIENCE).until(() -> {
                server.put(table, 1, "{\"id\":1}");
                server.get(table, 1);
                return console.fact(rate).matches(SOME);
            });
        }
        browser.go("#/tables");
        browser.write("input[type=search]", table);
        for (String rate : List.of("reads", "changes")) {
            await(rate).atMost(Browser.PATIENCE).until(() -> {
                server.put(table, 1, "{\"id\":1}");
                server.get(table, 1);
                return browser.text(".tables tbody tr:not([hidden]) td[data-id=" + rate + "]")
                        .matches(SOME);
            });
        }
        browser.write("input[type=search]", Keys.SPACE.toString());
        server.delete(table);
    }

    @Test
    void rows_arePagedFilteredAndShownAsText() {
        String table = server.table(ROWS);
        console.open("#/tables/" + table + "/rows");
        browser.awaitText(".pager", "Page 1, 50 rows");
        assertThat(browser.text(".data")).contains("<img src=x onerror=alert(1)>");
        browser.click("Next");
        browser.awaitText(".pager", "Page 2, 50 rows");
        browser.click("Next");
        browser.awaitText(".pager", "Page 3, 20 rows");
        assertThat(browser.control("Next").isEnabled()).isFalse();
        browser.click("Previous");
        browser.awaitText(".pager", "Page 2");

        console.filter("number=ge=118");
        browser.awaitText(".pager", "Page 1, 2 rows");
        console.filter("number=nonsense=");
        browser.awaitText(".error", "no operator");
        assertThat(browser.all("main img")).isEmpty();
    }

    @Test
    void millionRows_arePagedAndFiltered() {
        String table = server.table(1_000_000);
        console.open("#/tables/" + table + "/rows");
        browser.awaitText(".pager", "Page 1, 50 rows");
        browser.see("select[aria-label='Order of rows']").sendKeys("by key, backwards");
        browser.awaitText(".data", "row 999999");
        console.filter("id=ge=500000;id=lt=500003");
        browser.awaitText(".pager", "Page 1, 3 rows");
        console.filter("name==*99998");
        browser.awaitText(".pager", "Page 1, 10 rows");
        assertThat(browser.text(".data")).contains("row 999998");
        browser.go("#/tables");
        await().atMost(Browser.PATIENCE).until(() -> browser.text(".tables").contains("1M"));
        server.delete(table);
    }

    @Test
    void row_isChanged_unlessSomebodyElseHasChangedIt() {
        String table = server.table(2);
        console.open("#/tables/" + table + "/rows");
        browser.click("1");
        browser.write("dialog textarea", "{\"id\": 1, \"name\": \"changed here\"}");
        server.put(table, 1, "{\"id\": 1, \"name\": \"changed there\"}");
        console.confirm("Save");
        browser.awaitText("dialog .error", "Somebody has changed the row");
        browser.click("Cancel");
        browser.click("Look again");
        browser.awaitText(".data", "changed there");

        browser.click("1");
        browser.write("dialog textarea", "{\"id\": 1, \"name\": \"changed here\"}");
        console.confirm("Save");
        browser.awaitText(".data", "changed here");
        browser.click("New row");
        browser.write("dialog textarea", "{\"id\": 7, \"name\": \"new\"}");
        console.confirm("Insert");
        browser.awaitText(".pager", "3 rows");
        browser.click("7");
        console.confirm("Delete the row");
        browser.awaitText(".pager", "2 rows");
    }

    @Test
    void changes_areSeenAsTheyHappen() {
        String table = server.table(1);
        console.open("#/tables/" + table + "/changes");
        browser.awaitText("section header", "live");
        server.put(table, 0, "{\"id\": 0, \"name\": \"other\"}");
        server.put(table, 5, "{\"id\": 5, \"name\": \"<b>bold</b>\"}");
        browser.awaitText(".changes", "inserted");
        assertThat(browser.text(".changes")).contains("changed", "other", "<b>bold</b>");
    }

    /** A browser keeps pages for the way back, with what they still receive, and has six connections for a server. */
    @Test
    void pagesThatOneLeft_holdNoConnections_andGoOnWhenOneIsBack() {
        String table = server.table(1);
        for (int page = 0; page < 8; page++) {
            console.open("#/tables");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> browser.text(".tables").contains(table));
        }
        console.open("#/tables/" + table + "/changes");
        browser.awaitText("section header", "live");
        console.leave();
        browser.back();
        browser.awaitText("section header", "live");
        server.put(table, 5, "{\"id\": 5, \"name\": \"after the way back\"}");
        browser.awaitText(".changes", "after the way back");
    }

    @Test
    void table_isMadeAndDeleted() {
        console.open("#/tables");
        browser.click("New table");
        browser.write("dialog input", "made-in-the-console");
        console.confirm("Make the table");
        browser.awaitText("h1", "made-in-the-console");
        browser.awaitText("section", "The table has no rows");
        browser.click("Delete…");
        browser.write("dialog input", "another-name");
        console.confirm("Delete");
        browser.awaitText("dialog .error", "not its name");
        browser.write("dialog input", "made-in-the-console");
        console.confirm("Delete");
        browser.awaitText("h1", "Tables");
        assertThat(server.http().get("api/tables/made-in-the-console").status()).isEqualTo(404);
    }

    @Test
    void table_isGivenAwayAndRestarted() {
        console.open("#/tables/calls");
        browser.click("Give away…");
        browser.write("dialog input", "Nobody");
        console.confirm("Give away");
        browser.awaitText("dialog .error", "Nobody");
        browser.write("dialog input", "Relief");
        console.confirm("Give away");
        await().atMost(Browser.PATIENCE).until(() -> console.fact("Owner").equals("Relief"));
        String before = console.fact("Epoch");
        browser.click("Restart…");
        console.confirm("Restart");
        await().atMost(Browser.PATIENCE).until(() -> !console.fact("Epoch").equals(before));
        await().atMost(Browser.PATIENCE).until(() -> console.fact("Owner").equals("Relief"));
        await().atMost(Browser.PATIENCE)
                .until(() -> browser.all("dialog").isEmpty()); // the answer comes after the event
        browser.click("Give away…");
        browser.write("dialog input", "CallKeeper");
        console.confirm("Give away");
        await().atMost(Browser.PATIENCE).until(() -> console.fact("Owner").equals("CallKeeper"));
        browser.click("History");
        browser.awaitText("table", "given away");
        browser.awaitText("table", "Relief");
    }

    /** As when a page is opened before the tables have been looked at. */
    @Test
    void actions_ofATableOfWhichNothingIsKnown_areHidden() {
        console.open("#/tables/calls");
        browser.control("Give away…");
        assertThat(browser.run("""
                return import('./js/actions.js').then(({actionsOf}) =>
                    [...actionsOf('unknown').element.children].map((each) => each.hidden))
                """))
                .asInstanceOf(InstanceOfAssertFactories.list(Boolean.class))
                .isNotEmpty()
                .containsOnly(true);
    }

    @Test
    void table_isExportedAndImported() throws IOException {
        String table = server.table(5);
        console.open("#/tables/" + table);
        browser.click("Export…");
        browser.see("dialog input[type=checkbox]").click();
        console.confirm("Export");
        Path file = browser.download(table + ".jsonl");
        assertThat(Files.readString(file)).contains("row 4");

        server.http().send("DELETE", "api/tables/" + table + "/rows/4", "");
        browser.click("Import…");
        browser.see("dialog input[type=file]").sendKeys(file.toString());
        console.confirm("Import");
        browser.awaitText("h1", "Jobs");
        browser.awaitText(".jobs", "import of " + table);
        browser.awaitText(".how[data-is=done]", "5 rows");
        assertThat(server.http().get("api/tables/" + table + "/rows/4").status())
                .isEqualTo(200);
    }

    @Test
    void lostConnection_isToldAndComesBack() throws IOException {
        try (Relay relay = new Relay(base.getPort())) {
            URI through = URI.create("http://localhost:" + relay.port() + base.getPath());
            new Console(browser, through).open("#/tables");
            browser.awaitText(".tables", "calls");
            relay.cut();
            browser.awaitText("#connection", "has not answered since");
            assertThat(browser.see("body").getAttribute("data-connection")).isEqualTo("lost");
            browser.screenshot("lost");
            relay.mend();
            browser.awaitText("#connection", "The server is back after");
            assertThat(browser.see("body").getAttribute("data-connection")).isNull();
            String table = server.table(1);
            browser.awaitText(".tables", table);
            console.leave();
            assertThat(browser.errors()).allMatch(each -> each.contains("net::ERR_"));
        }
    }

    @Test
    void everything_worksByKeyboard() {
        console.open("#/tables");
        browser.awaitText(".tables", "calls");
        browser.run("document.activeElement.blur(); scrollTo(0, 0)");
        browser.tab();
        assertThat(browser.focused().getText()).isEqualTo("Skip to the content");
        browser.press(Keys.ENTER);
        assertThat(browser.focused().getAttribute("id")).isEqualTo("main");

        browser.go("#/tables/calls");
        await().atMost(Browser.PATIENCE).until(() -> browser.focused().getText().equals("calls"));
        WebElement crash = browser.control("Crash…");
        browser.run("arguments[0].focus()", crash);
        browser.press(Keys.ENTER);
        browser.see("dialog[open]");
        browser.press(Keys.ESCAPE);
        await().atMost(Browser.PATIENCE).until(() -> browser.focused().equals(crash));
        browser.press(Keys.ENTER);
        browser.see("dialog[open]");
        browser.press(Keys.TAB, Keys.TAB, Keys.TAB, Keys.ENTER);
        browser.awaitText(".toasts", "makes its owner fail");

        browser.go("#/timeline");
        await().atMost(Browser.PATIENCE).until(() -> browser.shown(".tl-mark[tabindex='0']") > 0);
        browser.run("document.querySelector(\".tl-mark[tabindex='0']\").focus()");
        await().atMost(Browser.PATIENCE).until(() -> browser.shown(".tip") > 0);
        assertThat(browser.focused().getAttribute("aria-label")).contains("calls");
        browser.press(Keys.HOME);
        assertThat(browser.focused().getAttribute("class")).contains("tl-mark");
    }

    /** Makes the picture of the README as well. */
    @Test
    void timeLine_showsWhatBecameOfOwners() {
        List<String> names =
                List.of("carts", "devices", "inventory", "lobby", "orders", "presence", "quotes", "sessions");
        names.forEach(server::make);
        console.open("#/timeline");
        browser.click("30 s");
        for (int round = 0; round < 3; round++) {
            server.crash("orders", "exception");
            server.crash("quotes", round == 1 ? "return" : "error");
            server.crash("sessions", "return");
            server.http().post("api/tables/inventory/owner/restart");
            server.crash("presence", "exception");
            server.crash("calls", "exception");
        }
        for (int i = 0; i < 12 && !server.state("lobby").equals("Orphaned"); i++) {
            server.crash("lobby", "exception");
        }
        for (String kind : List.of("died", "returned", "ordered")) {
            await(kind)
                    .atMost(Browser.PATIENCE)
                    .until(() -> browser.shown(".tl-lane .tl-mark[data-kind=" + kind + "]") > 0);
        }
        browser.awaitText(".tl-lane[data-name=lobby] .state", "Orphaned");
        await().atMost(Browser.PATIENCE).until(() -> browser.shown(".tl-gap[data-kind=Orphaned]") > 0);
        browser.screenshot("timeline");
        browser.click("The same as a table");
        browser.awaitText(".as-table", "orphaned");
        browser.awaitText(".as-table", "InjectedCrashException");

        browser.go("#/tables/lobby");
        browser.awaitText(".note", "restarts within");
        browser.click("Revive");
        await().atMost(Browser.PATIENCE).until(() -> server.state("lobby").equals("Owned"));
        names.forEach(server::delete);
    }

    @Test
    void manyTables_areUpdatedInPlace() {
        List<String> names =
                IntStream.range(0, 200).mapToObj(each -> server.table(0)).toList();
        console.open("#/tables");
        await().atMost(Browser.PATIENCE)
                .until(() -> (Long) browser.run("return document.querySelectorAll('.tables tbody tr').length") > 200);
        browser.run("document.querySelectorAll('.tables tbody tr').forEach((each) => { each.known = true; })");
        server.put(names.get(0), 0, "{\"id\": 0}");
        await().atMost(Browser.PATIENCE).until(() -> browser.run("""
                        const row = [...document.querySelectorAll('.tables tbody tr')].find((each) => each.textContent.includes(arguments[0]));
                        return row.querySelector('[data-id=rows]').textContent;
                        """, names.get(0)), "1"::equals);
        assertThat(browser.run("return [...document.querySelectorAll('.tables tbody tr')].every((each) => each.known)"))
                .isEqualTo(true);
        names.forEach(server::delete);
    }

    @ParameterizedTest
    @CsvSource({
        "#/tables, .tables tbody tr, tables",
        "#/timeline, .tl-bar, timeline",
        "#/calls, .cords path, calls",
        "#/jobs, .empty, jobs",
        "#/tables/calls, .uplot, table",
        "#/tables/calls/rows, .data tbody tr, rows",
        "#/tables/calls/changes, section header, changes",
        "#/tables/calls/history, tbody tr, history",
    })
    void page_isAccessibleAndFits(String hash, String shown, String name) {
        console.open(hash);
        await(shown).atMost(Browser.PATIENCE).until(() -> !browser.all(shown).isEmpty());
        browser.screenshot(name + "-light");
        assertThat(browser.violations()).as("%s, light", name).isEmpty();
        browser.scheme("dark");
        browser.size(360, 780);
        browser.screenshot(name + "-dark-360");
        assertThat(browser.violations()).as("%s, dark, 360 px", name).isEmpty();
        assertThat((Long) browser.run("return document.documentElement.scrollWidth"))
                .as("width of %s", name)
                .isLessThanOrEqualTo(360);
    }

    @Test
    void dialogs_areAccessible() {
        String table = server.table(1);
        console.open("#/tables/" + table);
        for (String action : List.of("Give away…", "Restart…", "Crash…", "Export…", "Import…", "Delete…")) {
            browser.click(action);
            browser.see("dialog[open]");
            assertThat(browser.violations()).as(action).isEmpty();
            browser.press(Keys.ESCAPE);
            await().atMost(Browser.PATIENCE).until(() -> browser.all("dialog").isEmpty());
        }
    }
}
