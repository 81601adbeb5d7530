package dev.heirloom.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heirloom.Deployments;
import java.net.URI;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Heirloom's resources are guarded in the application of somebody else, too. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class BundledSecurityIT {
    @Deployment(testable = false)
    static WebArchive deployment() {
        return Deployments.bundled(ListedApplication.class);
    }

    @ArquillianResource
    private URI base;

    @Test
    void resources_areForUsersOnly() {
        Http admin =
                new Http(base.resolve("/test/")); // Arquillian may leave out the context root of a WAR without pages
        assertThat(admin.with(Map.of()).get("api/tables").status()).isEqualTo(401);
        assertThat(admin.with(Map.of()).post("api/tables/x/revive").status()).isEqualTo(401);
        Http.Answer tables = admin.get("api/tables");
        assertThat(tables.status()).isEqualTo(200);
        assertThat(tables.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(tables.headers().firstValue("Cache-Control")).contains("no-store");
    }
}
