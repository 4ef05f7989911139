using System.Buffers.Binary;
using System.IO.Compression;

namespace Ascent.Browser.Tests.Support;

/// <summary>
/// Writes a picture of the screen with a table of 256 colours: a third of the size, and nobody sees the difference on a page that has few.
/// Reads what Chromium writes, 8 bits a channel and not interlaced (www.w3.org/TR/png-3).
/// </summary>
public static class SmallPng
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    public static byte[] Write(byte[] png)
    {
        var (width, height, pixels) = Read(png);
        var counts = pixels.GroupBy(p => p).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Select(g => g.Key).ToArray();
        // The first of each shade comes before the second of any: a small orange sun is worth more than the hundredth grey.
        var table = counts.GroupBy(c => c & 0xe0e0e0).SelectMany(shade => shade.Select((colour, place) => (colour, place))).OrderBy(c => c.place).Take(256).Select(c => c.colour).ToArray();
        var nearest = counts.ToDictionary(colour => colour, colour => (byte)Array.IndexOf(table, table.MinBy(t => Distance(t, colour))));
        var rows = new byte[height * (width + 1)];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                rows[y * (width + 1) + 1 + x] = nearest[pixels[y * width + x]];
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 3);
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            zip.Write(rows);
        return [.. Signature, .. Chunk("IHDR", header), .. Chunk("PLTE", [.. table.SelectMany(c => (byte[])[(byte)(c >> 16), (byte)(c >> 8), (byte)c])]),
            .. Chunk("IDAT", packed.ToArray()), .. Chunk("IEND", [])];
    }

    private static (int Width, int Height, int[] Pixels) Read(byte[] png)
    {
        var (width, height, channels) = (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)), png[25] == 6 ? 4 : 3);
        using var packed = new MemoryStream();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            if (png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
                packed.Write(png, at + 8, length);
            at += 12 + length;
        }
        packed.Position = 0;
        using var zip = new ZLibStream(packed, CompressionMode.Decompress);
        var pixels = new int[width * height];
        var (before, row) = (new byte[width * channels], new byte[width * channels]);
        for (var y = 0; y < height; y++)
        {
            var filter = zip.ReadByte();
            zip.ReadExactly(row);
            for (var i = 0; i < row.Length; i++)
                row[i] += Predict(filter, i < channels ? 0 : row[i - channels], before[i], i < channels ? 0 : before[i - channels]);
            for (var x = 0; x < width; x++)
                pixels[y * width + x] = row[x * channels] << 16 | row[x * channels + 1] << 8 | row[x * channels + 2];
            (before, row) = (row, before);
        }
        return (width, height, pixels);
    }

    private static byte Predict(int filter, int left, int up, int corner) => filter switch
    {
        0 => 0,
        1 => (byte)left,
        2 => (byte)up,
        3 => (byte)((left + up) / 2),
        _ => (byte)Paeth(left, up, corner),
    };

    private static int Paeth(int left, int up, int corner)
    {
        var (toLeft, toUp, toCorner) = (Math.Abs(up - corner), Math.Abs(left - corner), Math.Abs(left + up - 2 * corner));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    private static int Distance(int a, int b)
    {
        var (red, green, blue) = ((a >> 16) - (b >> 16), (a >> 8 & 255) - (b >> 8 & 255), (a & 255) - (b & 255));
        return 2 * red * red + 4 * green * green + 3 * blue * blue;
    }

    private static byte[] Chunk(string name, byte[] data)
    {
        var chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        System.Text.Encoding.ASCII.GetBytes(name, chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), Checksum(chunk.AsSpan(4, 4 + data.Length)));
        return chunk;
    }

    private static uint Checksum(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xedb88320;
        }
        return ~crc;
    }
}
