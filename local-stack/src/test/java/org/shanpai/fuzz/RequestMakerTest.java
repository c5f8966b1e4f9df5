package org.shanpai.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.shanpai.contracts.time.CityClock;
import org.shanpai.contracts.time.WallClock;
import org.shanpai.openapi.ApiDocument;
import org.shanpai.stack.Program;

class RequestMakerTest {

  private static final ApiDocument DOCUMENT =
      ApiDocument.parse(
          """
          {"openapi": "3.1.0", "paths": {
            "/v1/jobs/{jobId}/grab": {"post": {"responses": {},
              "parameters": [{"in": "path", "name": "jobId"}],
              "requestBody": {"content": {"application/json": {"example": {"epoch": 0}}}}}},
            "/v1/jobs/{jobId}/proof": {"post": {"responses": {},
              "parameters": [{"in": "path", "name": "jobId"}],
              "requestBody": {"content": {"image/jpeg": {"example": "the bytes"}}}}}}}""");

  private static final Persona RIDER = new Persona("r-1", "rider", "t", null);

  private final KnownIds known = new KnownIds();
  private final long now = Instant.parse("2026-11-22T04:00:00Z").toEpochMilli();
  private final Lore lore =
      new Lore(
          new CityClock(WallClock.system(), new CityClock.Anchor(now, now, 1)), known, "http://x");

  private RequestMaker maker(Program program) {
    return new RequestMaker(program, DOCUMENT, lore, known, new Random(7));
  }

  private long grabsOf(String jobId, Program program) {
    RequestMaker maker = maker(program);
    var grab = DOCUMENT.find("POST", "/v1/jobs/x/grab").orElseThrow();
    return IntStream.range(0, 100)
        .mapToObj(n -> maker.draft(grab, RIDER))
        .filter(draft -> draft.path().equals("/v1/jobs/" + jobId + "/grab"))
        .filter(draft -> draft.body().path("epoch").asInt() == 3)
        .count();
  }

  @Test
  void whatFitsTheDeedIsMostlyTaken() {
    known.only("r-1", "grab jobId", TextNode.valueOf("j-hall"));
    known.only("r-1", "grab epoch", IntNode.valueOf(3));
    assertThat(grabsOf("j-hall", Program.RIDER)).isBetween(60L, 99L);
  }

  @Test
  void whatFitsOneProgramIsNotTakenForAnother() {
    known.put(Program.GEO.text(), "grab jobId", TextNode.valueOf("j-geo"));
    known.only("r-1", "grab epoch", IntNode.valueOf(3));
    assertThat(grabsOf("j-geo", Program.GEO)).isPositive();
    assertThat(grabsOf("j-geo", Program.RIDER)).isZero();
  }

  @Test
  void whereAPictureIsTakenOneIsSent() throws IOException {
    var proof = DOCUMENT.find("POST", "/v1/jobs/x/proof").orElseThrow();
    Shot shot = maker(Program.RIDER).draft(proof, RIDER).shot();
    assertThat(shot.headers()).contains("Content-Type: image/png");
    assertThat(ImageIO.read(new ByteArrayInputStream(shot.body())).getWidth()).isEqualTo(160);
  }

  @Test
  void whatIsMeantToLieFarAheadStaysThereAndOtherTimesMoveToTheRun() {
    TextNode far = TextNode.valueOf("2099-01-05T00:00:00+08:00");
    TextNode told = TextNode.valueOf("2024-05-01T04:00:00Z");
    assertThat(lore.value("fuzz", "startsAt", far, new Random(7))).isEqualTo(far);
    Instant before = lore.now();
    assertThat(Instant.parse(lore.value("fuzz", "readyAt", told, new Random(7)).asText()))
        .isBetween(before, before.plusSeconds(3_700));
  }

  @Test
  void whatIsNewHasANameNobodyHadAndATimeAfterAllOthers() {
    known.only("fuzz", "version", TextNode.valueOf("v1"));
    TextNode shown = TextNode.valueOf("2099-01");
    Random random = new Random(7);
    assertThat(lore.value("fuzz", "version", shown, random))
        .isNotEqualTo(lore.value("fuzz", "version", shown, random));
    assertThat(lore.value("fuzz", "version", IntNode.valueOf(3), random).asInt()).isEqualTo(3);
    assertThat(lore.value("fuzz", "version", null, random).asText()).isEqualTo("v1");
    TextNode from = TextNode.valueOf("2099-01-05T00:00:00Z");
    Instant first = Instant.parse(lore.value("fuzz", "effectiveFrom", from, random).asText());
    assertThat(Instant.parse(lore.value("fuzz", "effectiveFrom", from, random).asText()))
        .isAfter(first);
  }

  @Test
  void nobodyAsksThemselvesToTakeTheirJobOver() {
    for (String rider : new String[] {"r-one", "r-two", "r-three"}) {
      assertThat(lore.value(rider, "toRiderId", null, new Random(7)).asText())
          .startsWith("r-")
          .isNotEqualTo(rider);
    }
  }
}
