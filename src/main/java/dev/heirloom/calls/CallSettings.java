package dev.heirloom.calls;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The settings of the calls application, by MicroProfile Config: system properties, environment variables and so on.
 *
 * <table>
 *   <caption>Settings</caption>
 *   <tr><th>name</th><th>default</th><th>what it is</th></tr>
 *   <tr><td>{@code heirloom.twilio.auth-token}</td><td>none</td>
 *     <td>Twilio's auth token of the account, with which it signs its requests; without it the webhooks answer 503</td></tr>
 *   <tr><td>{@code heirloom.public-url}</td><td>none</td>
 *     <td>the application's base URL as Twilio knows it, such as {@code https://example.com/heirloom}; needed behind a
 *     proxy, since forwarded headers are not trusted. Without it the URL of the request itself counts</td></tr>
 *   <tr><td>{@code heirloom.calls.retention}</td><td>{@code PT10M}</td>
 *     <td>for how long a call that is over stays in the table</td></tr>
 *   <tr><td>{@code heirloom.calls.max-duration}</td><td>{@code PT24H}</td>
 *     <td>a call that began longer ago is removed, over or not: its last callback was lost. Twilio ends calls after a
 *     day</td></tr>
 *   <tr><td>{@code heirloom.demo}</td><td>{@code false}</td>
 *     <td>whether pretended callers make sample traffic; without an auth token they agree with the server on one</td></tr>
 *   <tr><td>{@code heirloom.demo.calls}</td><td>{@code 20}</td>
 *     <td>how many of them are on the phone at a time, from 1 to 200</td></tr>
 *   <tr><td>{@code heirloom.demo.url}</td><td>{@code http://localhost:<port>/<context path>}</td>
 *     <td>the application's base URL as they reach it</td></tr>
 * </table>
 *
 * <p>The first two are in {@link TwilioSettings}, the last three in {@link DemoCallers}. Thread-safe; read once.
 */
@ApplicationScoped
class CallSettings {
    @Inject
    @ConfigProperty(name = "heirloom.calls.retention", defaultValue = "PT10M")
    Duration retention;

    @Inject
    @ConfigProperty(name = "heirloom.calls.max-duration", defaultValue = "PT24H")
    Duration maxDuration;

    Duration retention() {
        return positive(retention, "heirloom.calls.retention");
    }

    Duration maxDuration() {
        return positive(maxDuration, "heirloom.calls.max-duration");
    }

    private static Duration positive(Duration duration, String name) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(name + ": " + duration + " is not positive");
        }
        return duration;
    }
}
