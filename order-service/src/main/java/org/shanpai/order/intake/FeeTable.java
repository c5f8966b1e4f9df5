package org.shanpai.order.intake;

import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.shanpai.contracts.Money;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.order.orders.FeeParts;
import org.shanpai.order.orders.PromiseTier;

/**
 * The delivery fee: the base up to {@code baseMetres}, then a step for each begun {@code
 * distance.size} metres; a step for each begun {@code weight.size} grams above {@code freeGrams};
 * the tier's addition; the highest of the times of day that hold; the weather's addition.
 *
 * @param baseFen 0 or more
 * @param baseMetres metres the base covers, 0 or more
 * @param distance steps of metres
 * @param tierFen additions by tier; none for a tier that is missing
 * @param freeGrams carried for the base, 0 or more
 * @param weight steps of grams
 * @param times additions by time of day
 * @param weatherFen additions by alert; none for a level that is missing
 */
public record FeeTable(
    long baseFen,
    int baseMetres,
    Steps distance,
    Map<PromiseTier, Long> tierFen,
    long freeGrams,
    Steps weight,
    List<TimeSurcharge> times,
    Map<WeatherAlert.Level, Long> weatherFen) {

  /**
   * A price for each begun step.
   *
   * @param size at least 1, metres or grams
   * @param fen 0 or more
   */
  public record Steps(int size, long fen) {

    /**
     * @throws IllegalArgumentException for a step of no size, or a negative price
     */
    public Steps {
      if (size < 1 || fen < 0) {
        throw new IllegalArgumentException(
            "A step must be at least 1 long and cost 0 or more, but every "
                + size
                + " costs "
                + fen
                + " fen.");
      }
    }

    long fen(long beyond) {
      return beyond <= 0 ? 0 : (beyond + size - 1) / size * fen;
    }
  }

  /**
   * @throws IllegalArgumentException naming what cannot be
   */
  public FeeTable {
    if (baseFen < 0 || baseMetres < 0 || freeGrams < 0) {
      throw new IllegalArgumentException(
          "Base fee, base metres and free grams must be 0 or more but are "
              + baseFen
              + ", "
              + baseMetres
              + " and "
              + freeGrams
              + ".");
    }
    tierFen = notNegative(tierFen);
    weatherFen = notNegative(weatherFen);
    times = List.copyOf(times);
  }

  /** By distance alone; the DIRECT tier adds {@code directFen}. */
  public FeeTable(long baseFen, int baseMetres, int stepMetres, long stepFen, long directFen) {
    this(
        baseFen,
        baseMetres,
        new Steps(stepMetres, stepFen),
        Map.of(PromiseTier.DIRECT, directFen),
        0,
        new Steps(1, 0),
        List.of(),
        Map.of());
  }

  static FeeTable of(IntakeSettings.Fee fee) {
    return new FeeTable(
        fee.baseFen(),
        fee.baseMetres(),
        new Steps(fee.stepMetres(), fee.stepFen()),
        Map.of(PromiseTier.DIRECT, fee.directFen(), PromiseTier.MEMBER, fee.memberFen()),
        fee.freeGrams(),
        new Steps(fee.weightStepGrams(), fee.weightStepFen()),
        fee.time().values().stream()
            .map(time -> new TimeSurcharge(time.from(), time.to(), time.fen()))
            .toList(),
        fee.weatherFen());
  }

  /** By distance and tier alone. */
  public Money fee(int metres, boolean direct) {
    return Money.ofFen(
        baseFen
            + distance.fen(metres - (long) baseMetres)
            + tierFen.getOrDefault(direct ? PromiseTier.DIRECT : PromiseTier.STANDARD, 0L));
  }

  /**
   * @param metres from store to door by road, 0 or more
   * @param grams all goods together
   * @param at the city's local time
   */
  public FeeParts parts(
      int metres, long grams, PromiseTier tier, LocalTime at, WeatherAlert.Level weather) {
    return new FeeParts(
        baseFen,
        distance.fen(metres - (long) baseMetres),
        weight.fen(grams - freeGrams),
        tierFen.getOrDefault(tier, 0L),
        times.stream().filter(time -> time.holds(at)).mapToLong(TimeSurcharge::fen).max().orElse(0),
        weatherFen.getOrDefault(weather, 0L));
  }

  private static <K> Map<K, Long> notNegative(Map<K, Long> additions) {
    additions.forEach(
        (key, fen) -> {
          if (fen < 0) {
            throw new IllegalArgumentException(
                "The addition for " + key + " must be 0 or more but is " + fen + " fen.");
          }
        });
    return Map.copyOf(additions);
  }
}
