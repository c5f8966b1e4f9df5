package org.shanpai.rider.station;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A station (站点): the areas it serves and who leads its riders.
 *
 * @param areas whose orders it delivers
 * @param staff operators who act for its riders, and for nobody else's
 */
public record Station(
    @NotBlank @Size(max = 64) @Schema(examples = "文三路站") String name,
    @NotNull @Size(max = 64) @Schema(examples = "[\"a-1\"]")
        Set<@NotNull @Pattern(regexp = "[A-Za-z0-9._:-]{1,64}") String> areas,
    @NotNull @Size(max = 64) List<@NotNull @Valid Staff> staff) {

  /** What somebody is at a station. */
  public enum Role {
    /** 站长. */
    STATION_MANAGER,
    /** 骑士长. */
    LEAD_RIDER
  }

  /**
   * @param operator the name they sign in with at the control room
   */
  public record Staff(
      @NotBlank @Size(max = 64) @Schema(examples = "stan") String operator, @NotNull Role role) {}
}
