package dev.heirloom.calls;

import dev.heirloom.rest.Problem;
import jakarta.json.Json;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Tells as problem details of what the server refuses before any resource has seen it: a header that cannot be read, a path
 * where nothing is. The error page of {@code web.xml}. Thread-safe.
 */
@WebServlet(urlPatterns = ContainerProblems.PATH)
public class ContainerProblems extends HttpServlet {
    static final String PATH = "/problem";

    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Problem problem = Problem.ofStatus(status(request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE)));
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader("Cache-Control", "no-store");
        response.getWriter()
                .write(Json.createObjectBuilder()
                        .add("type", problem.type())
                        .add("title", problem.title())
                        .add("status", problem.status())
                        .build()
                        .toString());
    }

    /** Who asks for the page itself finds nothing. */
    private static int status(@Nullable Object attribute) {
        boolean error = attribute instanceof Integer status && status >= 400 && status <= 599;
        return error ? (Integer) attribute : HttpServletResponse.SC_NOT_FOUND;
    }
}
