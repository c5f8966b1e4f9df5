package org.shanpai.geo.travel;

/**
 * Directed travel times.
 *
 * <ul>
 *   <li>Unit: whole seconds, rounded up, so that an arrival built from them errs late.
 *   <li>Shape: origins × destinations, row-major; not symmetric in general.
 *   <li>No way: {@link #NO_WAY}. Test before adding.
 * </ul>
 *
 * On the wire: big-endian 32-bit integers in the same order, nothing else.
 */
public final class TravelTimeMatrix {

  public static final int NO_WAY = -1;

  private final int origins;
  private final int destinations;
  private final int[] seconds;

  /**
   * @param seconds row-major; becomes the matrix's own
   * @throws IllegalArgumentException when the cells do not fill the shape
   */
  public TravelTimeMatrix(int origins, int destinations, int[] seconds) {
    if ((long) origins * destinations != seconds.length) {
      throw new IllegalArgumentException(
          origins + " × " + destinations + " is not " + seconds.length + " cells");
    }
    this.origins = origins;
    this.destinations = destinations;
    this.seconds = seconds;
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
