package org.shanpai.rider.training;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A course (培训课程) as an operator writes it.
 *
 * @param minutes how long it takes, about
 * @param passPercent of right answers needed, 1–100
 * @param active false takes it off the list; null for true
 */
public record Course(
    @NotBlank @Size(max = 200) @Schema(examples = "Handing over well", required = true)
        String titleEn,
    @NotBlank @Size(max = 200) @Schema(examples = "交付好每一单", required = true) String titleZh,
    @NotNull @Min(1) @Max(240) @Schema(examples = "10", required = true) Integer minutes,
    @NotNull @Min(1) @Max(100) @Schema(examples = "80", required = true) Integer passPercent,
    @NotNull @Size(min = 1, max = 50) @Schema(required = true)
        List<@NotNull @Valid Question> questions,
    @Schema(examples = "true") Boolean active) {

  /**
   * @param right which choice is right, from 0; riders never see it
   */
  @Schema(name = "CourseQuestion")
  public record Question(
      @NotBlank
          @Size(max = 500)
          @Schema(examples = "The customer does not answer.", required = true)
          String en,
      @NotBlank @Size(max = 500) @Schema(examples = "顾客不接电话。", required = true) String zh,
      @NotNull
          @Size(min = 2, max = 6)
          @Schema(
              required = true,
              examples =
                  "[{\"en\": \"Go on\", \"zh\": \"走人\"}, {\"en\": \"Try every number\", \"zh\":"
                      + " \"号码都打过\"}]")
          List<@NotNull @Valid Choice> choices,
      @NotNull @Min(0) @Max(5) @Schema(examples = "1", required = true) Integer right) {}

  /** An answer to choose. */
  @Schema(name = "CourseChoice")
  public record Choice(
      @NotBlank @Size(max = 300) @Schema(examples = "Try every number", required = true) String en,
      @NotBlank @Size(max = 300) @Schema(examples = "号码都打过", required = true) String zh) {}

  /**
   * How many of 100 answers are right, rounded down.
   *
   * @param answers one choice for each question, in their order
   */
  int percent(List<Integer> answers) {
    int right = 0;
    for (int i = 0; i < questions.size(); i++) {
      right += questions.get(i).right().equals(answers.get(i)) ? 1 : 0;
    }
    return 100 * right / questions.size();
  }
}
