package dev.heirloom;

import fish.payara.arquillian.container.payara.managed.PayaraMicroDeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.arquillian.core.spi.LoadableExtension;
import org.jboss.shrinkwrap.api.Archive;

/**
 * Payara's connector, which always knows the context root of what it deployed. It polls what the server prints, and
 * takes the server for started when it has read its port. The applications are printed after the port: read in
 * between, there are none, and every test of the class would fail.
 */
public final class MicroConnector extends PayaraMicroDeployableContainer {
    /** The servlet through which Arquillian runs tests inside the server. */
    private static final String RUNNER = "ArquillianServletRunnerEE9";

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        ProtocolMetaData deployed = super.deploy(archive);
        if (deployed != null) {
            deployed.getContexts(HTTPContext.class).forEach(context -> complete(context, archive.getName()));
        }
        return deployed;
    }

    /** Payara Micro deploys a file at its name without the ending. */
    static void complete(HTTPContext context, String archive) {
        if (context.getServlets().isEmpty()) {
            context.add(new Servlet(RUNNER, "/" + archive.replaceFirst("\\.war$", "")));
        }
    }

    /** Takes the place of Payara's connector; Arquillian finds it as a service. */
    public static final class Extension implements LoadableExtension {
        @Override
        public void register(ExtensionBuilder builder) {
            builder.override(DeployableContainer.class, PayaraMicroDeployableContainer.class, MicroConnector.class);
        }
    }
}
