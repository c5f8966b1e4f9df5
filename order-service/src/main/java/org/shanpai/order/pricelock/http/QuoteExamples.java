package org.shanpai.order.pricelock.http;

/** Examples shown in the OpenAPI document. */
final class QuoteExamples {

  static final String BY_ITEMS =
      """
      {"storeId": "s-jingan",
       "dropoff": {"coordinateSystem": "GCJ-02", "place": {"lat": 31.2312, "lon": 121.4835}},
       "items": [{"name": "牛奶 1 L", "quantity": 2, "valueFen": 1290, "weightGrams": 1050,
                  "needs": ["COLD_BOX"], "category": "FRESH", "sku": "6901234567892"}],
       "promiseTier": "MEMBER"}
      """;

  static final String BY_GOODS =
      """
      {"storeId": "s-jingan",
       "dropoff": {"coordinateSystem": "GCJ-02", "place": {"lat": 31.2312, "lon": 121.4835}},
       "goods": {"weightGrams": 2100, "pieces": 2, "valueFen": 2580,
                 "size": {"lengthMm": 300, "widthMm": 200, "heightMm": 150}}}
      """;

  static final String QUOTE =
      """
      {"quoteId": "q-01jd0000000000000000000000", "available": true, "storeId": "s-jingan",
       "deliveryFeeFen": 560,
       "feeParts": {"baseFen": 400, "distanceFen": 60, "weightFen": 0, "tierFen": 100,
                    "timeFen": 0, "weatherFen": 0},
       "distanceMetres": 587, "roadMetres": 1240, "distanceBasis": "ROAD",
       "promiseTier": "MEMBER", "promiseSeconds": 1500,
       "promise": {"start": "2026-11-22T03:30:00Z", "end": "2026-11-22T03:55:00Z"},
       "acceptance": {"p50Seconds": 41, "p80Seconds": 95, "samples": 212}, "loadUnits": 1,
       "createdAt": "2026-11-22T03:30:00Z", "expiresAt": "2026-11-22T03:35:00Z"}
      """;

  static final String REFUSED =
      """
      {"available": false, "storeId": "s-jingan", "distanceMetres": 5210,
       "reasons": [{"code": "store-closed", "field": "storeId",
                    "detail": "The store s-jingan is closed until 2026-11-23T00:00:00Z.",
                    "retryAfterSeconds": 21600, "opensAt": "2026-11-23T00:00:00Z"}]}
      """;

  private QuoteExamples() {}
}
