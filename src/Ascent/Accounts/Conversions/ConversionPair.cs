using Ascent.Organisations;
using Ascent.Persistence;
using Ascent.Shared;
using Microsoft.EntityFrameworkCore;

namespace Ascent.Accounts.Conversions;

/// <summary>The two schools of a conversion by the numbers that were given.</summary>
internal sealed record ConversionPair(School Predecessor, School Successor)
{
    public static async Task<Result<ConversionPair>> FindAsync(AppDb db, ConversionRequest request, CancellationToken cancellationToken)
    {
        if (request.PredecessorUrn == request.SuccessorUrn)
            return new OneSchoolTwice();
        var schools = await db.Set<School>().Where(s => s.Code == request.PredecessorUrn || s.Code == request.SuccessorUrn).ToListAsync(cancellationToken);
        School? Of(string urn) => schools.Find(s => s.Code == urn);
        if (Of(request.PredecessorUrn) is not { } predecessor)
            return new NotFound($"school with URN {request.PredecessorUrn}");
        if (Of(request.SuccessorUrn) is not { } successor)
            return new NotFound($"school with URN {request.SuccessorUrn}: load the register, which has it as open or proposed to open");
        foreach (var school in schools)
            if (await db.BecameAsync(school, cancellationToken) is { } became)
                return became;
        return new ConversionPair(predecessor, successor);
    }
}

public sealed record OneSchoolTwice() : Refusal("one-school-twice", "A school cannot become itself: give the number that it had, then the one that it has now", RefusalKind.Refused);
