package dev.heirloom.calls;

import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Proxy;
import java.net.URI;

/** What a resource is told of the URL of its request, for tests. */
final class Uris {
    private static final String BASE = "http://localhost:8080/heirloom/api/";

    private Uris() {}

    /** @param path below the REST root */
    static UriInfo of(String path) {
        return (UriInfo) Proxy.newProxyInstance(
                Uris.class.getClassLoader(),
                new Class<?>[] {UriInfo.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getPath" -> path;
                    case "getRequestUri" -> URI.create(BASE + path);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
