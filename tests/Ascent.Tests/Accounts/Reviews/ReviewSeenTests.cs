using Ascent.TestSupport;
using Ascent.Accounts;
using Ascent.Accounts.Reviews;
using Ascent.Shared.Permissions;

namespace Ascent.Tests.Accounts.Reviews;

public sealed class ReviewSeenTests
{
    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var bits = PermissionSet.Of(Permission.SchoolReports).With(Permission.PupilReports, PupilScope.OwnClasses).Bits;
        foreach (var seen in (ReviewSeen[])[new(Guid.CreateVersion7(AscentHost.Start), 3, JobRole.Teacher, bits, new DateOnly(2027, 8, 31)), new(Guid.CreateVersion7(AscentHost.Start), 0, JobRole.Other, 0, null)])
            Assert.Equal(seen, ReviewSeen.Read(seen.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x.1.2.3.")]
    [InlineData("0192b7f0c0de7000800000000000abcd.1.2.3")]
    [InlineData("0192b7f0c0de7000800000000000abcd.-1.2.3.")]
    [InlineData("0192b7f0c0de7000800000000000abcd.1.99.3.")]
    [InlineData("0192b7f0c0de7000800000000000abcd.1.2.g.")]
    [InlineData("0192b7f0c0de7000800000000000abcd.1.2.3.20270230")]
    [InlineData("0192b7f0c0de7000800000000000abcd.1.2.3..")]
    public void Read_AnythingElse_IsNothing(string? text) => Assert.Null(ReviewSeen.Read(text));
}
