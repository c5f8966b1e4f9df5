package org.shanpai.geo.travel;

/**
 * Directed travel times and the metres they stand for.
 *
 * <ul>
 *   <li>Unit: whole seconds, rounded up, so that an arrival built from them errs late; whole metres
 *       of the way, rounded to the nearest.
 *   <li>Shape: origins × destinations, row-major; not symmetric in general.
 *   <li>No way: {@link #NO_WAY} in both. Test before adding.
 * </ul>
 *
 * On the wire: the seconds as big-endian 32-bit integers in the same order, nothing else.
 */
public final class TravelTimeMatrix {

  public static final int NO_WAY = -1;

  private final int origins;
  private final int destinations;
  private final int[] seconds;
  private final int[] metres;
  private final int offStreets;

  /**
   * @param seconds row-major; becomes the matrix's own
   * @param metres likewise
   * @throws IllegalArgumentException when the cells do not fill the shape
   */
  public TravelTimeMatrix(int origins, int destinations, int[] seconds, int[] metres) {
    this(origins, destinations, seconds, metres, 0);
  }

  /**
   * @param offStreets how many of the places lie too far from every street that is known, so that
   *     part or all of their ways is estimated
   */
  public TravelTimeMatrix(
      int origins, int destinations, int[] seconds, int[] metres, int offStreets) {
    if ((long) origins * destinations != seconds.length || seconds.length != metres.length) {
      throw new IllegalArgumentException(
          "%d × %d is not %d cells with %d lengths"
              .formatted(origins, destinations, seconds.length, metres.length));
    }
    this.origins = origins;
    this.destinations = destinations;
    this.seconds = seconds;
    this.metres = metres;
    this.offStreets = offStreets;
  }

  public int origins() {
    return origins;
  }

  public int destinations() {
    return destinations;
  }

  /** Seconds, or {@link #NO_WAY}. */
  public int seconds(int origin, int destination) {
    return seconds[origin * destinations + destination];
  }

  /** Metres of the way the seconds are for, or {@link #NO_WAY}. */
  public int metres(int origin, int destination) {
    return metres[origin * destinations + destination];
  }

  /** Places whose ways are estimated in part, because no street is near them. */
  public int offStreets() {
    return offStreets;
  }

  /** The same times, with no way to the destinations that are closed. */
  public TravelTimeMatrix without(boolean[] closed) {
    for (int cell = 0; cell < seconds.length; cell++) {
      if (closed[cell % destinations]) {
        seconds[cell] = NO_WAY;
        metres[cell] = NO_WAY;
      }
    }
    return this;
  }

  /** The form on the wire. */
  public byte[] bytes() {
    byte[] bytes = new byte[seconds.length * 4];
    int at = 0;
    for (int value : seconds) {
      bytes[at++] = (byte) (value >>> 24);
      bytes[at++] = (byte) (value >>> 16);
      bytes[at++] = (byte) (value >>> 8);
      bytes[at++] = (byte) value;
    }
    return bytes;
  }
}
