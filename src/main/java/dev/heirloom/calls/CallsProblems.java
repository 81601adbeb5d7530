package dev.heirloom.calls;

import dev.heirloom.rest.ProblemMapper;
import jakarta.ws.rs.ext.Provider;

/** Tells of every failure in this application as problem details. */
@Provider
public class CallsProblems extends ProblemMapper {}
