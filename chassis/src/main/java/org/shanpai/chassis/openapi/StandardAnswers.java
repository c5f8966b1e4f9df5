package org.shanpai.chassis.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.chassis.problem.ProblemBody;

/**
 * Writes into every operation of a service's document what the chassis answers on its behalf, so
 * that no endpoint can forget to say it: the errors of reading, signing in, roles, unknown ids and
 * rate limits, each as a problem with an example.
 *
 * <p>What a resource says itself about a status stays; only the missing parts are added.
 */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class StandardAnswers implements OASFilter {

  private static final String PROBLEM = "#/components/schemas/Problem";

  /** Words the generator puts in place of a description. */
  private static final List<String> SAYS_NOTHING =
      List.of("Not Authorized", "Not Allowed", "Bad Request");

  @Override
  public void filterOpenAPI(OpenAPI document) {
    if (document.getPaths() == null || document.getPaths().getPathItems() == null) {
      return;
    }
    document
        .getPaths()
        .getPathItems()
        .forEach((path, item) -> item.getOperations().values().forEach(StandardAnswers::complete));
    BodyExamples examples = new BodyExamples(document);
    document
        .getPaths()
        .getPathItems()
        .forEach((path, item) -> item.getOperations().values().forEach(examples::complete));
  }

  static void complete(Operation operation) {
    if (operation.getResponses() == null) {
      operation.setResponses(OASFactory.createAPIResponses());
    }
    List<String> roles = roles(operation);
    boolean body = operation.getRequestBody() != null;
    List<Parameter> parameters =
        operation.getParameters() == null ? List.of() : operation.getParameters();
    if (body || !parameters.isEmpty()) {
      add(operation, 400, "bad-request", "It could not be read; the problem names the field");
    }
    if (roles.isEmpty()) {
      add(operation, 401, "unauthorized", "None is needed, but a token was sent that is not valid");
    } else {
      add(operation, 401, "unauthorized", "No token, or one that is not valid here");
      add(
          operation,
          403,
          "forbidden",
          "Your role does not allow this: " + String.join(", ", roles));
    }
    if (parameters.stream().anyMatch(one -> one.getIn() == Parameter.In.PATH)) {
      add(operation, 404, "not-found", "There is no such thing, or it is somebody else's");
    }
    if (parameters.stream().anyMatch(one -> "Idempotency-Key".equals(one.getName()))) {
      add(operation, 409, "in-progress", "The same key is under way; try again after Retry-After");
      add(operation, 422, "idempotency-key-reused", "The key was used with another body");
    }
    if (body) {
      add(operation, 413, "too-large", "The body is larger than this takes");
      add(operation, 415, "unsupported-media-type", "The body is in another format");
    }
    if (!roles.equals(List.of(Roles.SERVICE))) {
      add(operation, 429, "rate-limited", "Too many requests; try again after Retry-After");
    }
    operation.getResponses().getAPIResponses().forEach(StandardAnswers::asProblem);
  }

  private static void add(Operation operation, int status, String slug, String words) {
    APIResponses responses = operation.getResponses();
    APIResponse response = responses.getAPIResponse(Integer.toString(status));
    if (response == null
        || response.getDescription() == null
        || SAYS_NOTHING.contains(response.getDescription())) {
      // The generator's own are one object for all operations: never changed, only replaced.
      response = OASFactory.createAPIResponse().description(words);
      responses.addAPIResponse(Integer.toString(status), response);
    }
    if (response.getContent() == null) {
      Map<String, Object> example = new LinkedHashMap<>();
      example.put("type", "urn:shanpai:problem:" + slug);
      example.put("title", ProblemBody.title(slug));
      example.put("status", status);
      example.put("detail", words + ".");
      response.setContent(
          OASFactory.createContent()
              .addMediaType(
                  ProblemBody.MEDIA_TYPE,
                  OASFactory.createMediaType()
                      .schema(OASFactory.createSchema().ref(PROBLEM))
                      .example(example)));
    }
  }

  private static void asProblem(String status, APIResponse response) {
    boolean error = status.startsWith("4") || status.startsWith("5");
    boolean nothing =
        response.getContent() == null
            || response.getContent().getMediaTypes() == null
            || response.getContent().getMediaTypes().isEmpty();
    if (error && nothing && response.getRef() == null) {
      response.setContent(
          OASFactory.createContent()
              .addMediaType(
                  ProblemBody.MEDIA_TYPE,
                  OASFactory.createMediaType().schema(OASFactory.createSchema().ref(PROBLEM))));
    }
  }

  private static List<String> roles(Operation operation) {
    List<String> roles = new ArrayList<>();
    if (operation.getSecurity() != null) {
      operation
          .getSecurity()
          .forEach(
              requirement -> {
                if (requirement.getSchemes() != null) {
                  requirement.getSchemes().values().forEach(roles::addAll);
                }
              });
    }
    return roles;
  }
}
