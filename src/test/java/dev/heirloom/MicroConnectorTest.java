package dev.heirloom;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.junit.jupiter.api.Test;

final class MicroConnectorTest {
    private final HTTPContext context = new HTTPContext("localhost", 8080);

    @Test
    void noApplicationRead_isAtTheNameOfItsFile() {
        MicroConnector.complete(context, "test.war");

        assertThat(context.getServlets()).singleElement().satisfies(servlet -> {
            assertThat(servlet.getBaseURI()).hasToString("http://localhost:8080/test/");
            assertThat(servlet.getName()).isEqualTo("ArquillianServletRunnerEE9");
        });
    }

    @Test
    void applicationRead_staysAsItIs() {
        context.add(new Servlet("rest", "/other"));

        MicroConnector.complete(context, "test.war");

        assertThat(context.getServlets()).extracting(Servlet::getContextRoot).containsExactly("/other");
    }
}
