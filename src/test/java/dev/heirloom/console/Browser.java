package dev.heirloom.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A Chromium without a window, and what tests do with it. Not thread-safe. */
final class Browser implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Path SCREENSHOTS =
            Path.of(System.getProperty("heirloom.artifact")).resolveSibling("screenshots");
    private static final String AXE = "/axe-core-4.14.1/axe.min.js";
    private static final List<String> OPTIONS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
            "--lang=en");

    private static final String VISIBLE = """
            return [...document.querySelectorAll(arguments[0])].filter((each) =>
                each.checkVisibility({visibilityProperty: true, opacityProperty: true})
                    && (arguments[1] === null || each.innerText.trim() === arguments[1]));
            """;
    private static final String TEXT = """
            return [...document.querySelectorAll(arguments[0])].map((each) => each.innerText.trim()).join('\\n');
            """;

    private final ChromeDriver driver;
    private final Path downloads;

    Browser() {
        try {
            downloads = Files.createTempDirectory("console-downloads");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium().orElseThrow().toFile());
        options.addArguments(OPTIONS);
        options.setExperimentalOption("prefs", Map.of("download.default_directory", downloads.toString()));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(onPath("chromedriver").orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        driver = new ChromeDriver(service, options);
        size(1280, 900);
    }

    /** Whether there is one to be had on the search path. */
    static boolean isInstalled() {
        return chromium().isPresent() && onPath("chromedriver").isPresent();
    }

    private static Optional<Path> chromium() {
        return onPath("chromium").or(() -> onPath("google-chrome"));
    }

    private static Optional<Path> onPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    void open(URI page) {
        driver.get("about:blank"); // so that another fragment is another page
        driver.get(page.toString());
    }

    void back() {
        driver.navigate().back();
    }

    void go(String hash) {
        run("location.hash = arguments[0]", hash);
    }

    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    void scheme(String scheme) {
        Map<String, String> feature = Map.of("name", "prefers-color-scheme", "value", scheme);
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
    }

    /** The first that a selector finds, as soon as it can be seen. */
    WebElement see(String selector) {
        return first(selector, null);
    }

    /** The button, link or other control with these words, as soon as it can be seen. */
    WebElement control(String words) {
        return first("button, a, summary, label", words);
    }

    private WebElement first(String selector, @Nullable String words) {
        return await(words == null ? selector : "a control: " + words)
                .atMost(PATIENCE)
                .until(() -> visible(selector, words), each -> !each.isEmpty())
                .get(0);
    }

    /** In one question to the browser, since a page may have a thousand links. */
    @SuppressWarnings("unchecked")
    private List<WebElement> visible(String selector, @Nullable String words) {
        return (List<WebElement>) run(VISIBLE, selector, words);
    }

    void click(String words) {
        control(words).click();
    }

    /** Writes into a field instead of what was there. */
    void write(String selector, String text) {
        WebElement field = see(selector);
        field.clear();
        field.sendKeys(text);
    }

    /** Waits until the text of what a selector finds has some words. */
    void awaitText(String selector, String words) {
        await(selector + " says " + words)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(text(selector)).contains(words));
    }

    /** The text that can be seen of all that a selector finds. */
    String text(String selector) {
        return (String) run(TEXT, selector);
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    int shown(String selector) {
        return visible(selector, null).size();
    }

    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    void tab() {
        press(Keys.TAB);
    }

    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    void forgetCookies() {
        driver.manage().deleteAllCookies();
    }

    /** The file of a name, once it is all there. */
    Path download(String name) {
        Path file = downloads.resolve(name);
        await("download of " + name).atMost(PATIENCE).until(() -> Files.exists(file));
        return file;
    }

    /** What axe-core finds wrong with the page: rules, and where they are broken. */
    @SuppressWarnings("unchecked")
    List<String> violations() {
        if (!Boolean.TRUE.equals(run("return typeof axe === 'object'"))) {
            driver.executeCdpCommand("Runtime.evaluate", Map.of("expression", axe()));
        }
        return (List<String>) driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document).then(({violations}) => done(violations.map((each) =>
                    each.id + ': ' + each.nodes.map((node) => node.target + ' ' + node.failureSummary).join('; '))),
                    (error) => done([String(error)]));
                """);
    }

    private static String axe() {
        try (InputStream in = Browser.class.getResourceAsStream(AXE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What went wrong in the page since the last time; answers of the server that a test provokes (4xx) are not it. */
    List<String> errors() {
        List<String> errors = new ArrayList<>();
        for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
            if (entry.getLevel().intValue() >= Level.WARNING.intValue()
                    && !entry.getMessage().contains("the server responded with a status of 4")) {
                errors.add(entry.getMessage());
            }
        }
        return errors;
    }

    void screenshot(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(
                    SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(org.openqa.selenium.OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        driver.quit();
        try (Stream<Path> files = Files.list(downloads)) {
            for (Path each : files.toList()) {
                Files.delete(each);
            }
        }
        Files.delete(downloads);
    }
}
