package org.shanpai.order.address.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.shanpai.chassis.identity.CurrentCaller;
import org.shanpai.chassis.identity.Roles;
import org.shanpai.contracts.GeoPoint;
import org.shanpai.contracts.MerchantId;
import org.shanpai.contracts.StoreId;
import org.shanpai.order.address.AddressPart;
import org.shanpai.order.address.AddressSearch;
import org.shanpai.order.address.AddressSearch.Recognition;
import org.shanpai.order.address.MissingPart;
import org.shanpai.order.address.PlaceMatcher.Match;
import org.shanpai.order.address.PlaceMatcher.Precision;
import org.shanpai.order.address.RecognisedPart;
import org.shanpai.order.address.RecognisedPhone;

/** Pasted Chinese addresses become parts, a name, a telephone number and a place (智能地址识别). */
@Path("/v1/addresses")
@RolesAllowed(Roles.MERCHANT)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Addresses", description = "Pasted Chinese text to parts and a place")
public class AddressResource {

  private static final String QUESTION =
      "{\"text\": \"收件人：林晓雨 电话：138-0000-2606 上海市长宁区仙霞路321号虹仙公寓3号楼2单元601室，放门口鞋柜\","
          + " \"storeId\": \"s-changning\"}";

  private static final String ANSWER =
      "{\"parts\": [{\"part\": \"city\", \"text\": \"上海市\", \"value\": \"上海市\", \"start\": 24,"
          + " \"end\": 27, \"confidence\": 98}, {\"part\": \"building\", \"text\": \"3号楼\","
          + " \"value\": \"3\", \"start\": 41, \"end\": 44, \"confidence\": 95}], \"name\":"
          + " \"林晓雨\", \"phone\": \"13800002606\", \"phones\": [{\"number\": \"13800002606\","
          + " \"valid\": true, \"start\": 11, \"end\": 24}], \"confidence\": 93, \"place\":"
          + " {\"label\": \"虹仙公寓 3\", \"place\": {\"lat\": 31.2101, \"lon\": 121.3902},"
          + " \"precision\": \"BUILDING\", \"metresFromStore\": 840, \"inRange\": true,"
          + " \"confidence\": 98}, \"candidates\": [], \"missing\": [], \"questions\": []}";

  private final AddressSearch search;
  private final CurrentCaller caller;

  AddressResource(AddressSearch search, CurrentCaller caller) {
    this.search = search;
    this.caller = caller;
  }

  /** What to recognise. */
  @Schema(name = "PastedAddress")
  public record PastedAddress(
      @NotNull
          @Schema(
              description =
                  "As it was pasted, 1-1,000 UTF-16 units; line breaks and tabs are fine, other"
                      + " control characters are not. Neither stored nor logged.")
          String text,
      @Schema(description = "One of your stores; without it no place is looked for")
          StoreId storeId) {

    @Override
    public String toString() {
      return "PastedAddress[…]";
    }
  }

  /** A part. */
  @Schema(name = "AddressPart")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Part(
      @Schema(
              description =
                  "province, city, district, town, village, road, number, estate, building, unit,"
                      + " floor, room or remarks")
          String part,
      @Schema(description = "As it was written; absent when concluded from another part")
          String text,
      @Schema(description = "Uniform: 十二栋 is 12, 上海 is 上海市") String value,
      @Schema(description = "UTF-16 units from the start of the text") Integer start,
      @Schema(description = "Behind the last unit") Integer end,
      @Schema(description = "0-100") int confidence) {
    static Part of(RecognisedPart part) {
      boolean written = part.written();
      return new Part(
          part.part().text(),
          written ? part.text() : null,
          part.value(),
          written ? part.start() : null,
          written ? part.end() : null,
          part.confidence());
    }
  }

  /** A telephone number. */
  @Schema(name = "AddressPhone")
  public record Phone(
      @Schema(description = "As dialled, an extension behind 转") String number,
      @Schema(description = "Whether it has the form of a Chinese number") boolean valid,
      int start,
      int end) {
    static Phone of(RecognisedPhone phone) {
      return new Phone(phone.number(), phone.valid(), phone.start(), phone.end());
    }
  }

  /** A place that fits. */
  @Schema(name = "AddressPlace")
  public record Place(
      String label,
      @Schema(description = "WGS-84") GeoPoint place,
      @Schema(description = "ESTATE: the estate is known, the building in it is not")
          Precision precision,
      @Schema(description = "As the crow flies") int metresFromStore,
      boolean inRange,
      @Schema(description = "0-100") int confidence) {
    static Place of(Match match) {
      return new Place(
          match.label(),
          match.place(),
          match.precision(),
          match.metresFromStore(),
          match.inRange(),
          match.confidence());
    }
  }

  /** What to ask the customer. */
  @Schema(name = "AddressQuestion")
  public record Question(String part, String zh, String en) {
    static Question of(MissingPart part) {
      return new Question(part.part().text(), part.chinese(), part.english());
    }
  }

  /** What was recognised. */
  @Schema(name = "RecognisedAddress")
  public record Answer(
      List<Part> parts,
      @Schema(description = "The recipient, or null") String name,
      @Schema(description = "The first number that can be one, or null") String phone,
      List<Phone> phones,
      @Schema(description = "0-100: how sure it leads to one door") int confidence,
      @Schema(description = "Null without a store, when nothing fits, and when several do")
          Place place,
      @Schema(description = "Up to three when there is no one place") List<Place> candidates,
      @Schema(description = "Parts to ask for, the most needed first") List<String> missing,
      List<Question> questions) {

    static Answer of(Recognition found) {
      List<RecognisedPart> parts = found.address().parts();
      Optional<String> phone =
          found.address().phones().stream()
              .filter(RecognisedPhone::valid)
              .map(RecognisedPhone::number)
              .findFirst();
      return new Answer(
          parts.stream().filter(part -> part.part() != AddressPart.NAME).map(Part::of).toList(),
          found.address().value(AddressPart.NAME),
          phone.orElse(null),
          found.address().phones().stream().map(Phone::of).toList(),
          found.address().confidence(),
          found.outcome().place() == null ? null : Place.of(found.outcome().place()),
          found.outcome().candidates().stream().map(Place::of).toList(),
          found.missing().stream().map(part -> part.part().text()).toList(),
          found.missing().stream().map(Question::of).toList());
    }

    @Override
    public String toString() {
      return "Answer[…]";
    }
  }

  @POST
  @Path("recognise")
  @Operation(
      summary = "Recognise a pasted address",
      description =
          "Parts with their place in the text, the recipient's name and number, and with a store"
              + " the place among buildings known around it. What is missing is asked for, not"
              + " guessed. Changes nothing; ask as often as you like.")
  @RequestBody(content = @Content(examples = @ExampleObject(name = "pasted", value = QUESTION)))
  @APIResponse(
      responseCode = "200",
      description = "What was understood; little or nothing gives a low confidence",
      content =
          @Content(
              schema = @Schema(implementation = Answer.class),
              examples = @ExampleObject(name = "recognised", value = ANSWER)))
  @APIResponse(responseCode = "400", description = "There is no text")
  @APIResponse(responseCode = "404", description = "You have no such store")
  @APIResponse(
      responseCode = "422",
      description = "The text is empty, too long, or has control characters")
  @APIResponse(responseCode = "429", description = "Too many requests; see Retry-After")
  public Uni<Answer> recognise(@NotNull @Valid PastedAddress pasted) {
    return search
        .recognise(new MerchantId(caller.subject()), pasted.storeId(), pasted.text())
        .map(Answer::of);
  }
}
