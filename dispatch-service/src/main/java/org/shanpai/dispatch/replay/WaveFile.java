package org.shanpai.dispatch.replay;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.shanpai.engine.TravelTimes;
import org.shanpai.engine.Wave;
import org.shanpai.messaging.Json;

/**
 * A wave as it is kept: the engine's whole input, how far it searched, and what it answered. On the
 * wire and on disk it is JSON compressed with gzip.
 *
 * @param format of this document; see {@link #FORMAT}
 * @param engineVersion of the engine that answered
 * @param wave the input, with seed, weights and the limit that was in force
 * @param steps moves the search had tried when it stopped; run with this limit to get the answer
 * @param failure what went wrong; null when nothing did
 * @param answer lines of a {@link WaveAnswer}
 * @param digest of the answer
 */
public record WaveFile(
    int format,
    String waveId,
    String engineVersion,
    Wave wave,
    int steps,
    String failure,
    List<String> answer,
    String digest) {

  /** The only format there is. */
  public static final int FORMAT = 1;

  private static final int LARGEST_BYTES = 256 << 20;
  private static final int MOST_PLACES = 20_000;

  private static final ObjectMapper MAPPER =
      Json.mapper()
          .copy()
          .registerModule(
              new SimpleModule()
                  .addSerializer(TravelTimes.class, new CellsWriter())
                  .addDeserializer(TravelTimes.class, new CellsReader()));

  /** A wave that was just answered. */
  public static WaveFile of(
      String waveId,
      String engineVersion,
      Wave wave,
      int steps,
      String failure,
      WaveAnswer answer) {
    return new WaveFile(
        FORMAT, waveId, engineVersion, wave, steps, failure, answer.lines(), answer.digest());
  }

  /** As stored. Takes some milliseconds for a large wave: not for an event loop. */
  public byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 14);
    try (OutputStream out = new QuickGzip(bytes)) {
      MAPPER.writeValue(out, this);
    } catch (IOException e) {
      throw new IllegalStateException("wave " + waveId + " cannot be written", e);
    }
    return bytes.toByteArray();
  }

  /**
   * @throws IllegalArgumentException when these are not the bytes of a stored wave
   */
  public static WaveFile read(byte[] bytes) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      byte[] text = in.readNBytes(LARGEST_BYTES);
      WaveFile file = MAPPER.readValue(text, WaveFile.class);
      if (file.format != FORMAT || file.wave == null || file.answer == null) {
        throw new IllegalArgumentException(
            "not a stored wave of format " + FORMAT + ", but of format " + file.format);
      }
      return file;
    } catch (IOException e) {
      throw new IllegalArgumentException("not a stored wave: " + e.getMessage(), e);
    }
  }

  /** Fast rather than small: it runs once a wave. */
  private static final class QuickGzip extends GZIPOutputStream {
    QuickGzip(OutputStream out) throws IOException {
      super(out, 1 << 13);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  /**
   * The matrix, row by row, in as few bytes as are quick to make: on and above the diagonal the
   * seconds, below it the difference to the way back, which is small where streets run both ways.
   * Each as a variable-length number of 7 bits a byte, low ones first; no way counts as −1, and
   * negative numbers take the odd codes.
   */
  private static final class CellsWriter extends JsonSerializer<TravelTimes> {
    @Override
    public void serialize(TravelTimes times, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      int places = times.places();
      ByteArrayOutputStream cells = new ByteArrayOutputStream(2 * places * places);
      for (int from = 0; from < places; from++) {
        for (int to = 0; to < places; to++) {
          int seconds = plain(times.seconds(from, to));
          write(cells, to >= from ? seconds : seconds - plain(times.seconds(to, from)));
        }
      }
      json.writeStartObject();
      json.writeNumberField("places", places);
      json.writeBinaryField("cells", cells.toByteArray());
      json.writeEndObject();
    }

    private static int plain(int seconds) {
      return seconds == TravelTimes.UNREACHABLE ? -1 : seconds;
    }

    private static void write(ByteArrayOutputStream cells, int number) {
      int rest = number << 1 ^ number >> 31;
      while (rest > 0x7f) {
        cells.write(rest & 0x7f | 0x80);
        rest >>>= 7;
      }
      cells.write(rest);
    }
  }

  private static final class CellsReader extends JsonDeserializer<TravelTimes> {
    @Override
    public TravelTimes deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      int places = -1;
      byte[] coded = null;
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        if (name.equals("places")) {
          places = json.getIntValue();
        } else if (name.equals("cells")) {
          coded = json.getBinaryValue();
        } else {
          json.skipChildren();
        }
      }
      if (places < 0 || places > MOST_PLACES || coded == null) {
        throw context.instantiationException(TravelTimes.class, "no matrix of " + places);
      }
      return TravelTimes.of(places, cells(places, coded, context));
    }

    private static int[] cells(int places, byte[] coded, DeserializationContext context)
        throws IOException {
      int[] cells = new int[places * places];
      int at = 0;
      for (int i = 0; i < cells.length; i++) {
        int number = 0;
        int shift = 0;
        byte part;
        do {
          if (at == coded.length || shift > 28) {
            throw context.instantiationException(TravelTimes.class, "a broken matrix");
          }
          part = coded[at++];
          number |= (part & 0x7f) << shift;
          shift += 7;
        } while (part < 0);
        int plain = number >>> 1 ^ -(number & 1);
        int from = i / places;
        int to = i % places;
        cells[i] = to < from ? plain + cells[to * places + from] : plain;
      }
      if (at != coded.length) {
        throw context.instantiationException(TravelTimes.class, "too many cells");
      }
      for (int i = 0; i < cells.length; i++) {
        cells[i] = cells[i] < 0 ? TravelTimes.UNREACHABLE : cells[i];
      }
      return cells;
    }
  }
}
