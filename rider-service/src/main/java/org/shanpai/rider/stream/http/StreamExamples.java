package org.shanpai.rider.stream.http;

/** One message of each type as it goes down the line. */
final class StreamExamples {

  private StreamExamples() {}

  static final String OFFER =
      """
      id: 17
      event: offer
      data: {"offerId":"of-17","cityId":"city-1","areaId":"a-1","riderId":"r-23","version":1,"status":"OPEN","jobs":[{"jobId":"j-17","storeId":"s-4","pickup":{"lat":30.28,"lon":120.13},"dropoff":{"lat":30.29,"lon":120.14},"promise":{"start":"2026-11-22T04:20:00Z","end":"2026-11-22T04:40:00Z"},"expectedReadyAt":"2026-11-22T04:12:00Z","loadUnits":2,"epoch":3,"weightGrams":1800}],"route":[{"jobId":"j-17","kind":"PICKUP","place":{"lat":30.28,"lon":120.13},"plannedArrivalAt":"2026-11-22T04:10:00Z","dueAt":"2026-11-22T04:12:00Z"},{"jobId":"j-17","kind":"DROPOFF","place":{"lat":30.29,"lon":120.14},"plannedArrivalAt":"2026-11-22T04:22:00Z","dueAt":"2026-11-22T04:40:00Z"}],"pay":650,"createdAt":"2026-11-22T04:05:00Z","expiresAt":"2026-11-22T04:05:30Z","decidedAtWallMillis":1795320300000,"why":"nearest to the store","waveId":"w-9"}

      """;

  static final String WORK =
      """
      id: 18
      event: work
      data: {"riderId":"r-23","cityId":"city-1","version":41,"online":true,"capacityUnits":8,"loadUnits":2,"jobs":[{"jobId":"j-17","epoch":3,"status":"ASSIGNED"}],"route":[{"jobId":"j-17","kind":"PICKUP","place":{"lat":30.28,"lon":120.13},"plannedArrivalAt":"2026-11-22T04:10:00Z","dueAt":"2026-11-22T04:12:00Z"}],"onlineSince":"2026-11-22T02:00:00Z"}

      """;

  static final String ROUTE =
      """
      id: 19
      event: route
      data: {"version":42,"route":[{"jobId":"j-17","kind":"DROPOFF","place":{"lat":30.29,"lon":120.14},"plannedArrivalAt":"2026-11-22T04:22:00Z","dueAt":"2026-11-22T04:40:00Z"}]}

      """;

  static final String FATIGUE =
      """
      id: 20
      event: fatigue
      data: {"state":"REST","workedSeconds":14400,"streakSince":"2026-11-22T00:20:00Z","offersFrom":"2026-11-22T04:40:00Z"}

      """;

  static final String HAND_OVER =
      """
      id: 21
      event: hand-over
      data: {"handOverId":"ho-17","jobId":"j-17","epoch":3,"fromRiderId":"r-23","toRiderId":"r-24","state":"ASKED","faceToFace":true,"askedAt":"2026-11-22T04:15:00Z","expiresAt":"2026-11-22T04:17:00Z"}

      """;

  static final String MESSAGE =
      """
      id: 22
      event: message
      data: {"messageId":"msg-17","from":"dee","text":"文三路施工，请绕行。","urgent":false,"sentAt":"2026-11-22T04:15:00Z"}

      """;

  static final String SOS =
      """
      id: 23
      event: sos
      data: {"sosId":"sos-17","riderId":"r-23","version":2,"status":"ACKNOWLEDGED","words":"摔车了","jobs":["j-17"],"place":{"lat":30.28,"lon":120.13},"placeAt":"2026-11-22T04:15:00Z","placeTrusted":true,"raisedAt":"2026-11-22T04:15:10Z","acknowledgedBy":"dee","acknowledgedAt":"2026-11-22T04:15:40Z"}

      """;

  static final String SCORE =
      """
      id: 24
      event: score
      data: {"entryId":"se-01jd","riderId":"r-23","cityId":"city-1","subject":"o-17","rule":"SM1","group":"SM1","revision":1,"milliPoints":100,"balanceMilliPoints":70100,"ruleSet":"v1","businessDate":"2026-11-22","occurredAt":"2026-11-22T04:24:00Z"}

      """;

  static final String APPEAL =
      """
      id: 25
      event: appeal
      data: {"appealId":"ap-01jd","entryId":"se-01jc","subject":"o-16","rule":"OT2","state":"ACCEPTED","how":"PERSON","reasons":"The gate was shut"}

      """;

  static final String APPEAL_SEAT =
      """
      id: 26
      event: appeal-seat
      data: {"appealId":"ap-01je","dueAt":"2026-11-25T04:00:00Z"}

      """;

  static final String FEEDBACK =
      """
      id: 27
      event: feedback
      data: {"kind":"PRAISE","stars":5,"tags":["POLITE"]}

      """;

  static final String COMPLAINT =
      """
      id: 28
      event: complaint
      data: {"orderId":"o-16","state":"UPHELD","finding":"CX1","decidedBy":"li.na","reasons":"The soup was spilled; the lid was whole"}

      """;

  static final String CAMPAIGN =
      """
      id: 29
      event: campaign
      data: {"enrolmentId":"ce-01jd","campaignId":"c-winter","state":"WEEK_2","weeksMet":1,"nextMonday":"2026-11-23","at":"2026-11-24T00:00:10Z"}

      """;

  static final String PAYMENT =
      """
      id: 30
      event: payment
      data: {"settlementId":"cs-01jd","campaignId":"c-winter","milestone":"COMPLETED","amountFen":300000,"state":"STOPPED","by":"boss","reason":"Two accounts with one face; we are looking into it","at":"2026-11-24T02:00:00Z"}

      """;
}
