package dev.heirloom.calls;

import dev.heirloom.security.SecurityHeaders;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Puts the security headers on everything that the application answers, its pages included. Thread-safe. */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class PageHeaders implements Filter {
    private static final String API = "/" + CallsApplication.PATH;

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request instanceof HttpServletRequest http && response instanceof HttpServletResponse answer) {
            SecurityHeaders.values().forEach(answer::setHeader);
            String path = http.getServletPath();
            answer.setHeader("Cache-Control", path.startsWith(API) ? "no-store" : "no-cache");
        }
        chain.doFilter(request, response);
    }
}
