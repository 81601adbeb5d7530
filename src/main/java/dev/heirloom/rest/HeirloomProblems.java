package dev.heirloom.rest;

import dev.heirloom.table.HeirloomException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Turns the exceptions of tables into problem details, in whichever application they are. Thread-safe. */
@Provider
public class HeirloomProblems implements ExceptionMapper<HeirloomException> {
    @Override
    public Response toResponse(HeirloomException thrown) {
        return ProblemMapper.problemOf(thrown).toResponse();
    }
}
