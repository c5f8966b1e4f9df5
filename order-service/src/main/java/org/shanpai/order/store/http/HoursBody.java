package org.shanpai.order.store.http;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.shanpai.chassis.problem.Problem;
import org.shanpai.order.store.DaySpan;
import org.shanpai.order.store.OpeningHours;

/** When a store is open, in the city's zone. */
@Schema(name = "OpeningHours")
public record HoursBody(
    @NotNull @Schema(description = "By day of the week, MONDAY to SUNDAY; closed on missing days")
        Map<DayOfWeek, @Size(max = OpeningHours.MOST_SPANS) List<@NotNull @Valid Span>> weekly,
    @Size(max = OpeningHours.MOST_SPECIAL)
        @Schema(description = "Dates that count instead of their day of the week")
        List<@NotNull @Valid SpecialDay> special) {

  private static final String TIME = "([01][0-9]|2[0-3]):[0-5][0-9]";

  /** One stretch. */
  @Schema(name = "OpeningSpan")
  public record Span(
      @NotNull @Pattern(regexp = TIME) @Schema(examples = "08:00") String opens,
      @NotNull
          @Pattern(regexp = TIME + "|24:00")
          @Schema(examples = "22:30", description = "Up to opens: on the next day")
          String closes) {
    static Span of(DaySpan span) {
      return new Span(span.opens(), span.closes());
    }
  }

  /** A holiday, or a day with hours of its own. */
  @Schema(name = "SpecialDay")
  public record SpecialDay(
      @NotNull @Schema(examples = "2027-02-06") LocalDate date,
      @NotNull @Size(max = OpeningHours.MOST_SPANS) @Schema(description = "Empty: closed")
          List<@NotNull @Valid Span> spans) {}

  /**
   * @throws Problem 422 naming {@code hours} when spans overlap, or a date comes twice
   */
  OpeningHours hours() {
    try {
      Map<DayOfWeek, List<DaySpan>> days = new EnumMap<>(DayOfWeek.class);
      weekly.forEach((day, spans) -> days.put(day, spans(spans)));
      SortedMap<LocalDate, List<DaySpan>> dates = new TreeMap<>();
      for (SpecialDay day : special == null ? List.<SpecialDay>of() : special) {
        if (dates.put(day.date(), spans(day.spans())) != null) {
          throw new IllegalArgumentException(day.date() + " comes twice");
        }
      }
      return new OpeningHours(days, dates);
    } catch (IllegalArgumentException wrong) {
      throw Problem.unprocessable("hours", wrong.getMessage() + ".");
    }
  }

  private static List<DaySpan> spans(List<Span> spans) {
    return spans == null
        ? List.of()
        : spans.stream().map(span -> DaySpan.of(span.opens(), span.closes())).toList();
  }

  /** Null for none. */
  static HoursBody of(OpeningHours hours) {
    if (hours == null) {
      return null;
    }
    Map<DayOfWeek, List<Span>> days = new EnumMap<>(DayOfWeek.class);
    hours.weekly().forEach((day, spans) -> days.put(day, spans.stream().map(Span::of).toList()));
    return new HoursBody(
        days,
        hours.special().entrySet().stream()
            .map(
                day -> new SpecialDay(day.getKey(), day.getValue().stream().map(Span::of).toList()))
            .toList());
  }
}
