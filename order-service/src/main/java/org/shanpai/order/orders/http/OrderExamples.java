package org.shanpai.order.orders.http;

/** Examples shown in the OpenAPI document. */
public final class OrderExamples {

  public static final String NEW_ORDER =
      """
      {"storeId": "s-jingan", "merchantOrderNo": "20261122-0017",
       "dropoff": {"coordinateSystem": "GCJ-02", "place": {"lat": 31.2312, "lon": 121.4835},
                   "address": "南京西路 1 弄 2 号 301 室",
                   "contactName": "李女士", "contactPhone": "13800000000"},
       "items": [{"name": "牛奶 1 L", "quantity": 2, "valueFen": 1290, "weightGrams": 1050,
                  "needs": ["COLD_BOX"]}],
       "promiseTier": "STANDARD"}
      """;

  public static final String ORDER =
      """
      {"orderId": "o-01jd0000000000000000000000", "merchantOrderNo": "20261122-0017",
       "storeId": "s-jingan", "areaId": "a-jingan", "status": "CREATED", "version": 1,
       "createdAt": "2026-11-22T03:30:00Z",
       "promise": {"start": "2026-11-22T03:30:00Z", "end": "2026-11-22T04:00:00Z"},
       "deliveryFeeFen": 400, "goodsValueFen": 2580, "distanceMetres": 587, "loadUnits": 1,
       "direct": false, "pickupCode": "4711", "deliveryCode": "081542",
       "statusAt": "2026-11-22T03:30:00Z", "expectedReadyAt": "2026-11-22T03:40:00Z", "sandbox": false}
      """;

  public static final String CANCEL_ACCEPTED =
      """
      {"orderId": "o-01jd0000000000000000000000", "storeId": "s-jingan", "areaId": "a-jingan",
       "status": "RIDER_ASSIGNED", "version": 4, "cancelRequestedAt": "2026-11-22T03:36:10Z",
       "cancelReason": "CUSTOMER_CHANGED_MIND", "cancelOutcome": "REQUESTED"}
      """;

  private OrderExamples() {}
}
