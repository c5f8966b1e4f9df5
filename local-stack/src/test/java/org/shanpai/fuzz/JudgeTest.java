package org.shanpai.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.shanpai.fuzz.Judge.Finding;
import org.shanpai.fuzz.Judge.Kind;
import org.shanpai.openapi.ApiDocument;
import org.shanpai.stack.Program;

class JudgeTest {

  private static final ApiDocument DOCUMENT =
      ApiDocument.parse(
          """
          {"openapi": "3.1.0", "paths": {"/v1/things": {"get": {"responses": {
            "200": {"description": "ok", "content": {"application/json": {"schema":
              {"type": "object", "required": ["name"],
               "properties": {"name": {"type": "string"}}}}}},
            "404": {"description": "none"},
            "410": {"description": "over", "content": {"text/html": {}}},
            "503": {"description": "later"}}}}}}""");

  private static final Shot SHOT = new Shot("GET", "/v1/things?x=1", List.of(), null);

  private final Judge judge = new Judge(documents());

  private static Map<Program, ApiDocument> documents() {
    Map<Program, ApiDocument> documents = new EnumMap<>(Program.class);
    for (Program program : Program.values()) {
      documents.put(program, DOCUMENT);
    }
    return documents;
  }

  private static Answer answer(int status, String type, String body, String... headers) {
    Map<String, String> all = new HashMap<>();
    all.put("content-type", type);
    all.put("x-shanpai-reached", "Things.get");
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    return new Answer(status, all, body.getBytes(StandardCharsets.UTF_8), null, 3);
  }

  private static Answer problem(int status, String... headers) {
    return answer(
        status,
        "application/problem+json",
        "{\"type\": \"urn:x\", \"title\": \"No\", \"status\": %d, \"detail\": \"No.\"}"
            .formatted(status),
        headers);
  }

  private Optional<Kind> kind(Answer answer) {
    return judge.look(Program.ORDER, SHOT, answer).map(Finding::kind);
  }

  @Test
  void goodAnswersAndDocumentedRefusalsPass() {
    assertThat(kind(answer(200, "application/json", "{\"name\": \"box\"}"))).isEmpty();
    assertThat(kind(problem(404))).isEmpty();
    assertThat(kind(problem(503, "retry-after", "1"))).isEmpty();
  }

  @Test
  void serverErrorIsReportedWhateverItsBody() {
    assertThat(kind(problem(500))).contains(Kind.SERVER_ERROR);
    assertThat(kind(answer(500, "text/plain", ""))).contains(Kind.SERVER_ERROR);
    assertThat(kind(problem(503))).as("without Retry-After").contains(Kind.SERVER_ERROR);
    assertThat(kind(problem(502, "retry-after", "1"))).contains(Kind.SERVER_ERROR);
  }

  @Test
  void refusalThatIsNoProblemIsReported() {
    assertThat(kind(answer(404, "text/plain", "no"))).contains(Kind.PROBLEM_SHAPE);
    assertThat(kind(answer(404, "application/problem+json", "{\"status\": 404}")))
        .contains(Kind.PROBLEM_SHAPE);
    assertThat(
            kind(
                answer(
                    404,
                    "application/problem+json",
                    "{\"type\":\"u\",\"title\":\"t\",\"status\":400,\"detail\":\"d\"}")))
        .as("another status inside")
        .contains(Kind.PROBLEM_SHAPE);
  }

  @Test
  void aPageMayRefuseOnlyWhereTheDocumentNamesOne() {
    assertThat(kind(answer(410, "text/html;charset=utf-8", "<p>Over.</p>"))).isEmpty();
    assertThat(kind(answer(410, "text/html", ""))).contains(Kind.PROBLEM_SHAPE);
    assertThat(kind(answer(404, "text/html", "<p>No.</p>"))).contains(Kind.PROBLEM_SHAPE);
  }

  @Test
  void whatTheDocumentDoesNotSayIsReported() {
    assertThat(kind(problem(409))).contains(Kind.UNDOCUMENTED);
    assertThat(kind(answer(200, "application/json", "{\"size\": 1}")))
        .contains(Kind.NOT_THE_SCHEMA);
  }

  @Test
  void addressIsLookedUpAsTheServerUnderstandsIt() {
    for (String target : List.of("/v1/things;jsessionid=1?x=1", "/v1//things")) {
      assertThat(judge.look(Program.ORDER, SHOT.target(target), problem(409)))
          .as(target)
          .map(Finding::kind)
          .contains(Kind.UNDOCUMENTED);
    }
  }

  @Test
  void silenceIsReported() {
    assertThat(kind(Answer.none("no answer within 15000 ms", 15_000))).contains(Kind.NO_ANSWER);
  }

  @Test
  void emptyRefusalPassesOnlyWhereHttpItselfCannotReadTheRequest() {
    Answer empty = new Answer(400, Map.of(), new byte[0], null, 3);
    assertThat(kind(empty)).contains(Kind.PROBLEM_SHAPE);
    for (Shot shot : List.of(SHOT.target("/v1/%zz"), SHOT.line("Accept: \u0001;;q=x"))) {
      assertThat(judge.look(Program.ORDER, shot, empty)).as(shot.toString()).isEmpty();
    }
  }
}
