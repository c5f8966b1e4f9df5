package org.shanpai.rider.roster;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.contracts.RiderId;
import org.shanpai.messaging.Tx;

/** Onboards a file of riders, each line for itself: a bad one stops none of the others. */
@ApplicationScoped
public class RosterImport {

  private final Roster roster;
  private final Tx tx;
  private final Validator validator;

  public RosterImport(Roster roster, Tx tx, Validator validator) {
    this.roster = roster;
    this.tx = tx;
    this.validator = validator;
  }

  /** What became of a line. */
  public enum Result {
    CREATED,
    CHANGED,
    UNCHANGED,
    REJECTED
  }

  /**
   * @param line as an editor shows it; the header is line 1
   * @param secret for sign-in, told only this once; null unless the rider is new
   * @param field to blame when the line was rejected
   */
  public record LineReport(
      @Schema(examples = "2") int line,
      @Schema(examples = "r-23") String riderId,
      @Schema(examples = "CREATED") Result result,
      String secret,
      String field,
      String detail) {}

  /** What became of a file. */
  public record Report(
      int created, int changed, int unchanged, int rejected, List<LineReport> lines) {

    static Report of(List<LineReport> lines) {
      return new Report(
          count(lines, Result.CREATED),
          count(lines, Result.CHANGED),
          count(lines, Result.UNCHANGED),
          count(lines, Result.REJECTED),
          lines);
    }

    private static int count(List<LineReport> lines, Result result) {
      return (int) lines.stream().filter(line -> line.result() == result).count();
    }
  }

  /**
   * @throws Problem 400 when the file cannot be read at all
   */
  public Uni<Report> take(String csv, String operator) {
    return Multi.createFrom()
        .iterable(RosterFile.read(csv))
        .onItem()
        .transformToUniAndConcatenate(line -> take(line, operator))
        .collect()
        .asList()
        .map(Report::of);
  }

  private Uni<LineReport> take(RosterFile.Line line, String operator) {
    if (line.fault() != null) {
      return Uni.createFrom().item(rejected(line, line.field(), line.fault()));
    }
    try {
      RiderId.of(line.riderId());
    } catch (IllegalArgumentException illegal) {
      return Uni.createFrom().item(rejected(line, "riderId", illegal.getMessage()));
    }
    Optional<ConstraintViolation<RiderProfile>> first =
        validator.validate(line.profile()).stream()
            .min(Comparator.comparing(violation -> violation.getPropertyPath().toString()));
    if (first.isPresent()) {
      String field = first.get().getPropertyPath().toString().replaceAll("[\\[.<].*", "");
      return Uni.createFrom().item(rejected(line, field, field + " " + first.get().getMessage()));
    }
    return tx.detached(() -> roster.put(line.riderId(), line.profile(), operator))
        .map(
            done ->
                new LineReport(
                    line.number(),
                    line.riderId(),
                    Result.valueOf(done.outcome().name()),
                    done.secret(),
                    null,
                    null))
        .onFailure(Problem.class)
        .recoverWithItem(problem -> rejected(line, null, problem.getMessage()));
  }

  private static LineReport rejected(RosterFile.Line line, String field, String detail) {
    return new LineReport(line.number(), line.riderId(), Result.REJECTED, null, field, detail);
  }
}
