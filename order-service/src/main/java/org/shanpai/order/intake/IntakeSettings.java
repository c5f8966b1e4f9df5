package org.shanpai.order.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.shanpai.contracts.event.WeatherAlert;
import org.shanpai.order.orders.Category;
import org.shanpai.order.orders.HandoverCheck;

/** Settings of the intake: fees, room, promises. */
@ConfigMapping(prefix = "shanpai.intake")
public interface IntakeSettings {

  /** What a delivery costs the merchant. */
  Fee fee();

  /** How much room goods need. */
  Load load();

  /** What is promised. */
  Promise promise();

  /** What follows from a line's category. */
  Map<Category, CategoryRule> category();

  /** When goods are brought later than at once. */
  Prebook prebook();

  /** See {@link FeeTable}. */
  interface Fee {
    /** Fee of the nearest deliveries, fen. */
    long baseFen();

    /** Metres the base covers. */
    int baseMetres();

    /** Length of a step beyond the base, metres. */
    int stepMetres();

    /** Fee of each begun step, fen. */
    long stepFen();

    /** Added when the goods never share the box, fen. */
    long directFen();

    /** Added for members, fen. */
    long memberFen();

    /** Carried for the base fee, grams. */
    long freeGrams();

    /** Length of a step of weight beyond, grams. */
    int weightStepGrams();

    /** Fee of each begun step of weight, fen. */
    long weightStepFen();

    /** Metres by road for each metre as the crow flies, where nobody can tell the road. */
    double detourFactor();

    /** Additions by time of day, by name; of several that hold, the highest counts. */
    Map<String, Time> time();

    /** Additions by weather alert, fen. */
    Map<WeatherAlert.Level, Long> weatherFen();
  }

  /** See {@link TimeSurcharge}. */
  interface Time {
    /** Included. */
    LocalTime from();

    /** Excluded. */
    LocalTime to();

    /** Added, fen. */
    long fen();
  }

  /** What follows from a category, where the line itself does not say. */
  interface CategoryRule {
    /** From pickup to door at most. */
    OptionalInt longestCarryMinutes();

    /** Disposed of, not brought back, when nobody takes it. */
    @WithDefault("false")
    boolean perishable();

    /** What the rider must see at the door, whatever the order says. */
    Optional<Set<HandoverCheck>> checks();
  }

  /** See {@link PrebookRule}. */
  interface Prebook {
    /** Shortest window. */
    Duration shortestWindow();

    /** Longest window. */
    Duration longestWindow();

    /** A window begins at most so far ahead. */
    Duration furthest();

    /** Between the arrival of four in five and the end of the window. */
    Duration margin();

    /** From release to door, where nobody can tell. */
    Duration unknownDuration();

    /** Today's weather and load say nothing of windows that end later than this. */
    Duration foreseeable();
  }

  /** See {@link LoadRule}. */
  interface Load {
    /** Grams one unit of a rider's box holds. */
    int gramsPerUnit();

    /** Pieces one unit of a rider's box holds. */
    int piecesPerUnit();

    /** Cubic centimetres one unit of a rider's box holds. */
    int cm3PerUnit();
  }

  /** See {@link PromiseRule}. */
  interface Promise {
    /** Promised when the merchant asks for nothing else. */
    int standardSeconds();

    /** Shortest promise a merchant may ask for. */
    int shortestSeconds();

    /** Longest promise a merchant may ask for. */
    int longestSeconds();

    /** Promised to members when the merchant asks for nothing else. */
    int memberSeconds();

    /**
     * Whether orders that ask for a promise shorter than can be kept are refused, as quotes always
     * are.
     */
    @WithDefault("true")
    boolean floorBinds();
  }
}
