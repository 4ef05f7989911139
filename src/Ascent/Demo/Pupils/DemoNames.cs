using Ascent.SchoolData.Pupils;

namespace Ascent.Demo.Pupils;

/// <summary>Ordinary names of families of many backgrounds; put together by chance, they are nobody's.</summary>
internal static class DemoNames
{
    private static readonly Names British = new(
        "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green Hall Wood Jackson Clarke Harrison Lewis Edwards Harris Cooper Ward Turner Hughes Hill Moore Clark Cook Baker Carter Shaw Bailey Bennett Collins Cox Murphy Kelly Marshall Richardson Rogers Palmer Fisher Mason Hunt Webb Knight Holmes Mills Barnes Gibson Chapman Dixon Ellis Fox Gray Harvey Jenkins Lloyd Matthews Owen Parker Pearce Reid Simpson Stone Wells Atkinson Barker Burton Cartwright Doyle Farrell Fletcher Gallagher Hartley Hooper Kerr Lambert McDonald Nolan Newman Osborne Pritchard Quinn Rees Sharp Tomlinson Underwood Vaughan Whittaker Yates".Split(' '),
        "Olivia Amelia Isla Ava Mia Freya Lily Florence Willow Rosie Ella Grace Poppy Evie Sophie Daisy Phoebe Charlotte Harriet Matilda Ruby Emily Alice Erin Jessica Millie Bethany Holly Megan Lucy Chloe Georgia Hannah Eleanor Niamh Rhiannon Abigail Martha Ivy Imogen".Split(' '),
        "Oliver George Noah Arthur Harry Leo Jack Freddie Theo Oscar Archie Alfie Henry Charlie Thomas William Joshua Edward Ethan Jacob Samuel Lewis Finley Toby Logan Daniel Harrison Reuben Jude Callum Rhys Owen Connor Liam Dylan Kieran Nathan Louis Adam Rory".Split(' '));

    private static readonly Names Pakistani = new(
        "Khan Ahmed Hussain Ali Malik Iqbal Mahmood Akhtar Shah Mirza Butt Chaudhry Rashid Siddiqui Qureshi Sheikh Anwar Javed Bashir Farooq Raza Aslam Saleem Yousaf".Split(' '),
        "Aisha Fatima Zara Maryam Hafsa Amina Sana Iqra Khadija Zainab Noor Hira Mahnoor Safa Laiba Aleena".Split(' '),
        "Muhammad Ibrahim Yusuf Hamza Bilal Zayn Haris Usman Ahmad Ismail Hassan Mustafa Umar Rayyan Saad Zakariya".Split(' '));

    private static readonly Names Bangladeshi = new(
        "Begum Miah Uddin Islam Rahman Chowdhury Hoque Choudhury Alam Karim Sarker Hasan Khatun Mia Talukdar".Split(' '),
        "Nusrat Tahmina Sumaiya Anika Jannat Rumana Tasnim Ayesha Farhana Maliha Nabila Sadia".Split(' '),
        "Tanvir Rafi Imran Jubayer Mahdi Arif Sabbir Nahid Shahriar Tariq Faisal Ridwan".Split(' '));

    private static readonly Names Indian = new(
        "Patel Singh Kaur Sharma Shah Gill Nair Desai Mehta Kumar Joshi Reddy Dhillon Sandhu Chauhan Menon Parmar Sidhu Iyer Bhatt Thomas Varghese".Split(' '),
        "Anaya Priya Diya Saanvi Jasmine Simran Kavya Meera Riya Isha Harleen Avni Nisha Tara Asha Gurleen".Split(' '),
        "Arjun Rohan Aarav Dev Jai Kiran Nikhil Vihaan Harpreet Manav Aditya Krish Veer Samir Gurdeep Ravi".Split(' '));

    private static readonly Names African = new(
        "Okafor Adeyemi Mensah Osei Abdi Mohamed Boateng Eze Nwosu Owusu Diallo Kamau Tesfaye Warsame Balogun Appiah Ndlovu Moyo Danso Hassan Kamara Sesay Oyelaran Chukwu".Split(' '),
        "Adaeze Ama Zainab Blessing Ife Abena Chiamaka Hodan Fatou Temitope Esther Naomi Efua Makena Tiwa Selam".Split(' '),
        "Kofi Emeka Tobi Abdullahi Kwame David Chidi Samuel Mamadou Daniel Ayo Yaw Tendai Caleb Elijah Ikenna".Split(' '));

    private static readonly Names Caribbean = new(
        "Campbell Gordon Francis Grant Morgan Samuels Bailey Clarke Reid Henry Charles Joseph Blake Thompson Pinnock Stewart".Split(' '),
        "Kezia Aaliyah Tiana Shanice Naomi Jada Simone Renee Keisha Amara Ebony Destiny".Split(' '),
        "Jermaine Malachi Tyrese Isaiah Marlon Kymani Jordan Andre Micah Dante Rio Khalil".Split(' '));

    private static readonly Names European = new(
        "Kowalska Nowak Wójcik Lewandowska Popescu Ionescu Dumitru Rossi Ferreira Silva Santos Novák Kovács Petrova Ivanov Kazlauskas Müller García López Fernández Papadopoulos Jankauskas Marin Pereira Zielińska Kamińska Costa Bianchi".Split(' '),
        "Zofia Maja Julia Oliwia Ioana Andreea Sofia Giulia Beatriz Inês Lucía Elena Viktorija Gabija Klára Lea".Split(' '),
        "Jakub Szymon Filip Mateusz Andrei Ștefan Luca Matteo Tiago João Pablo Nikolai Lukas Dominik Tomasz Dimitrios".Split(' '));

    private static readonly Names EastAsian = new(
        "Chen Wang Li Zhang Liu Chan Wong Nguyen Tran Lam Cheung Park Kim Santos Reyes Cruz Tan Lin".Split(' '),
        "Mei Xinyi Jasmine Linh Yuna Hoi-Yan Angel Grace Kaitlyn Mai Yan Chloe".Split(' '),
        "Wei Jun Minh Ethan Haoran Ka-Ho Jayden Nathan Ryan Anh Seojun Kai".Split(' '));

    private static readonly Names Arabic = new(
        "Haddad Mansour Saleh Al-Rashid Hamdan Karimi Rahimi Nazari Yilmaz Demir Aziz Ibrahim Khalil Nasser Barzani Hosseini".Split(' '),
        "Layla Yasmin Noor Rania Salma Dina Zeynep Elif Parisa Lina Huda Mona".Split(' '),
        "Omar Karim Adam Yousef Sami Emir Kerem Reza Amir Tariq Ziad Ali".Split(' '));

    /// <summary>How many of a hundred children have which ethnicity, and what families of it are called.</summary>
    private static readonly (string Ethnicity, double Weight, double Eal, Names Names)[] Backgrounds =
    [
        ("WBRI", 61, 0.01, British), ("WIRI", 0.5, 0.01, British), ("WIRT", 0.2, 0.05, British), ("WROM", 0.4, 0.6, European), ("WOTH", 7.5, 0.8, European),
        ("MWBC", 1.8, 0.05, British), ("MWBA", 1.2, 0.15, African), ("MWAS", 1.8, 0.15, British), ("MOTH", 2.8, 0.25, British),
        ("AIND", 4.2, 0.55, Indian), ("APKN", 5, 0.7, Pakistani), ("ABAN", 2, 0.8, Bangladeshi), ("AOTH", 2.4, 0.7, EastAsian), ("CHNE", 1, 0.75, EastAsian),
        ("BAFR", 5, 0.6, African), ("BCRB", 1, 0.03, Caribbean), ("BOTH", 0.7, 0.3, African), ("OOTH", 2.5, 0.75, Arabic), ("REFU", 0.5, 0.1, British), ("NOBT", 0.5, 0.3, British),
    ];

    public static DemoName Draw(DemoRandom random, Sex sex)
    {
        var (ethnicity, _, eal, names) = random.Of(Weighed);
        var given = sex == Sex.Female ? names.Girls : names.Boys;
        var forename = random.Of(given);
        var middle = random.Is(0.55) ? random.Of(given) : null;
        return new(forename, middle == forename ? null : middle, random.Of(names.Surnames), ethnicity, random.Is(eal));
    }

    private static readonly ((string Ethnicity, double Weight, double Eal, Names Names) Choice, double Weight)[] Weighed = [.. Backgrounds.Select(b => (b, b.Weight))];

    private sealed record Names(string[] Surnames, string[] Girls, string[] Boys);
}

internal sealed record DemoName(string Forename, string? MiddleNames, string Surname, string Ethnicity, bool Eal);
