package org.shanpai.servicebench.intake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.servicebench.http.OpenClient;

/**
 * Merchants hand orders in, one merchant after the other: two lines of goods, a door within 1.4 km
 * of the store, a key and a number of the merchant's own for each.
 */
final class CreateLoad implements OpenClient.Work {

  private final Shops shops;
  private final byte[][] heads;
  private final SplittableRandom random;
  private final String run;
  private long number;
  private long created;
  private long errors;
  private String firstError;
  private String lastCreated;

  /**
   * @param run makes the keys of this run different from any other's
   * @param token of each merchant
   */
  CreateLoad(Shops shops, String host, String run, IntFunction<String> token, long seed) {
    this.shops = shops;
    this.run = run;
    this.random = new SplittableRandom(seed);
    this.heads = new byte[shops.count()][];
    for (int shop = 0; shop < heads.length; shop++) {
      heads[shop] =
          ("POST /v1/orders HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n"
                  + "Content-Type: application/json\r\n")
              .formatted(host, token.apply(shop))
              .getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** Forgets what was counted. */
  void begin() {
    created = 0;
    errors = 0;
  }

  @Override
  public void write(int arrival, ByteBuffer request) {
    long order = number++;
    int shop = (int) (order % shops.count());
    byte[] body = body(shop, order).getBytes(StandardCharsets.UTF_8);
    request.put(heads[shop]);
    request.put(
        "Idempotency-Key: %s-%d\r\nContent-Length: %d\r\n\r\n"
            .formatted(run, order, body.length)
            .getBytes(StandardCharsets.US_ASCII));
    request.put(body);
  }

  private String body(int shop, long order) {
    GeoPoint store = shops.place(shop);
    double lat = store.lat() + (random.nextDouble() - 0.5) * 0.018;
    double lon = store.lon() + (random.nextDouble() - 0.5) * 0.020;
    return String.format(
        Locale.ROOT,
        "{\"storeId\":\"%s\",\"merchantOrderNo\":\"%s-%d\",\"dropoff\":{\"coordinateSystem\":"
            + "\"WGS-84\",\"place\":{\"lat\":%.6f,\"lon\":%.6f},\"address\":\"南京西路 %d 弄 2 号"
            + " 301 室\",\"contactName\":\"李女士\",\"contactPhone\":\"138%08d\"},\"items\":[{"
            + "\"name\":\"牛奶 1 L\",\"quantity\":2,\"valueFen\":1290,\"weightGrams\":1050},{"
            + "\"name\":\"小笼包\",\"quantity\":1,\"valueFen\":1800,\"weightGrams\":350}]}",
        shops.storeId(shop),
        run,
        order,
        lat,
        lon,
        order % 900 + 1,
        order % 100_000_000);
  }

  @Override
  public void answered(int arrival, int status, ByteBuffer body) {
    if (status == 201) {
      created++;
      if (created % 100 == 1) {
        lastCreated = StandardCharsets.UTF_8.decode(body).toString();
      }
      return;
    }
    errors++;
    if (firstError == null) {
      firstError = status + " " + StandardCharsets.UTF_8.decode(body);
    }
  }

  /** Orders acknowledged since {@link #begin}. */
  long created() {
    return created;
  }

  /** Other answers than 201. */
  long errors() {
    return errors;
  }

  void forgetErrors() {
    firstError = null;
  }

  /** The first answer that was no 201, or null. */
  String firstError() {
    return firstError;
  }

  /** The body of an answer, as JSON. */
  String lastCreated() {
    return lastCreated;
  }
}
