package org.shanpai.rider.appeal.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.messaging.Json;
import org.shanpai.rider.appeal.Appeal;
import org.shanpai.rider.appeal.AppealDesk;
import org.shanpai.rider.appeal.AppealState;
import org.shanpai.rider.task.remote.Orders;

/** Appeals as read and sent. */
final class AppealViews {

  private AppealViews() {}

  static final String PROOF_ID = "p-[A-Za-z0-9._-]{1,62}";

  /**
   * @param entryId the row of the score ledger
   * @param grounds why it is wrong
   * @param evidence more words; may be missing
   * @param proofId a picture sent before; may be missing
   */
  @Schema(name = "AppealFiling")
  public record Filing(
      @NotBlank @Size(max = 64) @Schema(examples = "se-01jd", required = true) String entryId,
      @NotBlank
          @Size(max = 2000)
          @Schema(
              examples = "The gate of the compound was shut, I waited for the guard",
              required = true)
          String grounds,
      @Size(max = 2000) @Schema(examples = "Ask the guard of gate 3") String evidence,
      @Pattern(regexp = PROOF_ID) @Schema(examples = "p-5f0e") String proofId) {}

  /**
   * @param words may be missing when a picture is named
   * @param proofId a picture sent before; may be missing when there are words
   */
  @Schema(name = "AppealEvidence")
  public record EvidenceBody(
      @Size(min = 1, max = 2000) @Schema(examples = "The guard's log says 12:31") String words,
      @Pattern(regexp = PROOF_ID) @Schema(examples = "p-5f0e") String proofId) {}

  /** Why the first instance is wrong. */
  @Schema(name = "AppealEscalation")
  public record Escalation(
      @NotBlank
          @Size(max = 2000)
          @Schema(examples = "The picture shows the shut gate", required = true)
          String grounds) {}

  /** The first instance's word. */
  public enum Outcome {
    ACCEPT,
    REJECT
  }

  /**
   * @param reasons at least 10 characters when it is rejected
   */
  @Schema(name = "AppealDecision")
  public record Decision(
      @NotNull @Schema(examples = "REJECT", required = true) Outcome outcome,
      @NotBlank
          @Size(max = 2000)
          @Schema(examples = "The gate was open by the camera of 12:20", required = true)
          String reasons) {}

  /**
   * @param operators names of at most two; riders are drawn for the other seats
   */
  @Schema(name = "AppealPanel")
  public record Panel(
      @NotNull @Size(max = 2) @Schema(examples = "[\"wang.fang\", \"zhou.min\"]", required = true)
          List<@NotBlank @Size(max = 64) String> operators) {}

  /**
   * @param reasons at least 10 characters for {@code REJECT}; else may be missing
   */
  @Schema(name = "AppealVote")
  public record VoteBody(
      @NotNull @Schema(examples = "UPHOLD", required = true) Appeal.Vote vote,
      @Size(max = 2000) @Schema(examples = "The picture shows the shut gate") String reasons) {}

  /** What speaks for the rider. */
  @Schema(name = "AppealEvidenceView")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record EvidenceView(
      @Schema(examples = "1") int no,
      @Schema(examples = "Ask the guard of gate 3") String words,
      @Schema(examples = "p-5f0e") String proofId,
      Instant addedAt) {}

  /** A word of an instance. */
  @Schema(name = "AppealWord")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Word(
      @Schema(examples = "li.na") String by,
      @Schema(description = "Missing for the first instance") Appeal.How how,
      @Schema(examples = "The camera shows the shut gate") String reasons,
      Instant at) {}

  /** A seat; who sits there and what they voted only after the decision, or at the desk. */
  @Schema(name = "AppealSeat")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SeatView(
      @Schema(examples = "3") int seat,
      Appeal.Seat.Kind kind,
      @Schema(examples = "zhou.min") String person,
      Appeal.Vote vote,
      @Schema(examples = "The camera shows the shut gate") String reasons) {}

  /**
   * @param secondsLeft until {@code dueAt}, city time, from 0; missing once decided
   * @param stayed whether the deduction does not count in the level at present
   */
  @Schema(name = "AppealView")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record View(
      @Schema(examples = "ap-01jd") String appealId,
      @Schema(examples = "r-23") String riderId,
      @Schema(examples = "se-01jd") String entryId,
      @Schema(examples = "o-01jd") String subject,
      @Schema(examples = "OT2") String rule,
      @Schema(examples = "-2000") int milliPoints,
      AppealState state,
      @Schema(examples = "true") boolean stayed,
      @Schema(examples = "The gate was shut") String grounds,
      Instant filedAt,
      Instant dueAt,
      @Schema(examples = "171000") Long secondsLeft,
      Word firstInstance,
      @Schema(examples = "The picture shows the shut gate") String escalationGrounds,
      Instant escalatedAt,
      Word decision,
      List<EvidenceView> evidence,
      List<SeatView> panel) {}

  /** Newest first for a rider, soonest due first at the desk. */
  @Schema(name = "AppealList")
  public record Listing(List<View> appeals) {}

  /**
   * @param facts what the deduction was judged by
   */
  @Schema(name = "AppealCase")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record CaseView(
      View appeal,
      LocalDate businessDate,
      Instant occurredAt,
      Instant noticeAt,
      @Schema(examples = "v1") String ruleSet,
      @Schema(examples = "rules") String ruledBy,
      @Schema(examples = "photo-1") String ruledByEvidence,
      @JsonRawValue @Schema(type = SchemaType.OBJECT) String facts) {}

  /** Cases in which the rider may vote. */
  @Schema(name = "AppealCaseList")
  public record Cases(List<CaseView> cases) {}

  static Response picture(Orders.Shown shown) {
    return Response.ok(shown.bytes(), shown.mediaType())
        .header("Cache-Control", "private, no-store")
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Disposition", "inline")
        .build();
  }

  static View view(Appeal a, Instant now) {
    return view(new Appeal.Dossier(a, null, null), now, true, true);
  }

  /** As its rider reads it: who sits on the panel is told once it has decided. */
  static View own(Appeal.Dossier dossier, Instant now) {
    return view(dossier, now, true, !dossier.appeal().state().open());
  }

  private static View view(Appeal.Dossier dossier, Instant now, boolean names, boolean votes) {
    Appeal a = dossier.appeal();
    return new View(
        a.appealId(),
        names ? a.riderId() : null,
        a.entryId(),
        names ? a.subject() : null,
        a.rule(),
        a.milliPoints(),
        a.state(),
        a.state().open(),
        a.grounds(),
        a.filedAt(),
        a.dueAt(),
        a.dueAt() == null ? null : Math.max(0, Duration.between(now, a.dueAt()).toSeconds()),
        a.firstBy() == null ? null : new Word(a.firstBy(), null, a.firstReasons(), a.firstAt()),
        a.escalationGrounds(),
        a.escalatedAt(),
        a.decidedBy() == null
            ? null
            : new Word(a.decidedBy(), a.decidedHow(), a.reasons(), a.decidedAt()),
        dossier.evidence() == null
            ? null
            : dossier.evidence().stream()
                .map(e -> new EvidenceView(e.no(), e.words(), e.proofId(), e.addedAt()))
                .toList(),
        dossier.seats() == null
            ? null
            : dossier.seats().stream()
                .map(
                    s ->
                        new SeatView(
                            s.no(),
                            s.kind(),
                            votes ? s.person() : null,
                            votes ? s.vote() : null,
                            votes ? s.reasons() : null))
                .toList());
  }

  /** As the desk reads it. */
  static CaseView desk(AppealDesk.Case found, Instant now) {
    return new CaseView(
        view(found.dossier(), now, true, true),
        found.row().line().businessDate(),
        found.row().line().occurredAt(),
        found.row().recordedAt(),
        found.row().ruleSet(),
        found.row().actor(),
        found.row().evidence(),
        found.row().facts());
  }

  private static final Set<String> WHO =
      Set.of(
          "riderId",
          "orderId",
          "jobId",
          "subject",
          "actor",
          "rulingId",
          "counterpart",
          "areaId",
          "evidence");

  /** As a member of the panel reads it: without whom it is about, and without the others' votes. */
  static CaseView member(AppealDesk.Case found, Instant now) {
    JsonNode facts = Json.read(found.row().facts(), JsonNode.class);
    if (facts instanceof ObjectNode object) {
      object.remove(WHO);
    }
    return new CaseView(
        view(found.dossier(), now, false, !found.dossier().appeal().state().open()),
        found.row().line().businessDate(),
        found.row().line().occurredAt(),
        found.row().recordedAt(),
        found.row().ruleSet(),
        null,
        null,
        facts.toString());
  }
}
