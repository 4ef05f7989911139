using System.Collections.Frozen;

namespace Ascent.Accounts.Passwords;

/// <summary>
/// Common passwords that are long enough to pass the length rule, made by the project from how people lengthen short ones: a common word
/// said again, followed by counting or by another common word, a walk over the keyboard, one character over and over. Words and habits are
/// those that published studies of leaked passwords name; no leaked list is copied.
/// </summary>
public static class CommonPasswords
{
    private static readonly string[] Words =
    [
        "password", "passw0rd", "letmein", "welcome", "qwerty", "qwertyuiop", "asdfghjkl", "zxcvbnm", "iloveyou", "monkey", "dragon", "sunshine",
        "princess", "football", "baseball", "superman", "batman", "trustno1", "master", "shadow", "michael", "jennifer", "charlie", "liverpool",
        "chelsea", "arsenal", "manchester", "everton", "rangers", "celtic", "england", "london", "school", "teacher", "student", "pupil",
        "headteacher", "admin", "administrator", "secret", "changeme", "default", "login", "access", "computer", "internet", "summer", "winter",
        "spring", "autumn", "september", "october", "november", "december", "monday", "friday", "hello", "goodbye", "whatever", "freedom",
        "flower", "cheese", "chocolate", "banana", "orange", "purple", "yellow", "starwars", "pokemon", "matrix", "killer", "hunter", "jordan",
        "thomas", "daniel", "george", "andrew", "joshua", "matthew", "ashley", "jessica", "nicole", "amanda", "jasmine", "family", "forever",
        "mother", "father", "blessed", "jesus", "education", "learning", "classroom", "maths", "english", "science", "history", "governor",
    ];

    private static readonly string[] Tails =
    [
        "1", "12", "123", "1234", "12345", "123456", "1234567", "12345678", "123456789", "1234567890", "0123456789", "12345678910", "123456789012",
        "123123", "123321", "321", "54321", "987654321", "000", "0000", "111", "1111", "111111", "2024", "2025", "2026", "2027", "20242025",
        "20252026", "20262027", "abc", "abcd", "abc123", "qwerty", "isgood", "password", "forever", "forme",
    ];

    private static readonly string[] Rows = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "1q2w3e4r5t6y7u8i9o0p", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujm"];

    private static readonly string[] Phrases =
    [
        "correcthorsebatterystaple", "thequickbrownfox", "thequickbrownfoxjumps", "thequickbrownfoxjumpsoverthelazydog", "tobeornottobe", "tobeornottobethatisthequestion",
        "maytheforcebewithyou", "letmeinletmeinletmein", "iloveyouiloveyou", "passwordpassword", "thisismypassword", "thisisapassword", "mypasswordispassword", "ihatepasswords",
        "yournameispassword", "onetwothreefour", "onetwothreefourfive", "abcdefghijklmno", "itsasecretpassword", "nobodyknowsthis", "idontknowmypassword", "iforgotmypassword",
        "pleaseletmein123", "openthedoorplease", "supercalifragilistic", "supercalifragilisticexpialidocious", "mississippimississippi", "manchesterunited", "manchesterunited1",
        "liverpoolfootballclub", "youllneverwalkalone", "godsavetheking", "godsavethequeen", "happybirthdaytoyou", "merrychristmas123", "onceuponatime123", "twinkletwinklelittlestar",
    ];

    private static readonly Lazy<FrozenSet<string>> All = new(() => Make().Where(p => p.Length >= PasswordRules.Shortest).ToFrozenSet(StringComparer.Ordinal));

    public static int Count => All.Value.Count;

    /// <param name="key">Letters and digits only, lower case.</param>
    public static bool Contains(string key) => All.Value.Contains(key) || IsOneThingOver(key);

    private static IEnumerable<string> Make()
    {
        foreach (var phrase in Phrases)
            yield return phrase;
        foreach (var word in Words)
        {
            for (var times = 2; times <= 5; times++)
                yield return string.Concat(Enumerable.Repeat(word, times));
            foreach (var tail in Tails)
            {
                yield return word + tail;
                yield return tail + word;
                yield return word + word + tail;
            }
            foreach (var other in Words)
                yield return word + other;
        }
        foreach (var row in Rows)
            foreach (var next in Rows)
                for (var length = 1; length <= next.Length; length++)
                    yield return row + next[..length];
    }

    // "aaaa…", "abcabcabc…", "1212…": a unit of up to six characters, again and again.
    private static bool IsOneThingOver(string key)
    {
        for (var unit = 1; unit <= 6 && unit * 2 <= key.Length; unit++)
        {
            var repeats = true;
            for (var i = unit; i < key.Length && repeats; i++)
                repeats = key[i] == key[i - unit];
            if (repeats)
                return true;
        }
        return false;
    }
}
