namespace Assay.Tests.Text;

/// <summary>Words and their stems as libstemmer 2.2.0 (python3-stemmer) gives them, written <c>word:stem</c>.</summary>
internal static class StemTables
{
    public const string English = """
        a:a an:an be:be by:by sky:sky skies:sky skis:ski dying:die lying:lie tying:tie idly:idl gently:gentl ugly:ugli
        early:earli only:onli singly:singl news:news howe:howe atlas:atlas cosmos:cosmos bias:bias andes:andes
        inning:inning innings:inning outing:outing canning:canning herrings:herring earring:earring proceed:proceed
        proceeds:proceed exceeded:exceed exceed:exceed succeed:succeed succeeding:succeed caresses:caress flies:fli
        ties:tie cries:cri gas:gas this:this gaps:gap kiwis:kiwi mules:mule denied:deni died:die agreed:agre feed:feed
        feedly:feed indeed:inde exceedingly:exceed hopping:hop hoping:hope hissing:hiss failing:fail filing:file
        plastered:plaster bled:bled motoring:motor sing:sing conflated:conflat troubled:troubl sized:size tanned:tan
        bedding:bed adding:ad egg:egg egging:eg aged:age bagged:bag putt:putt putting:put shedding:shed cry:cri say:say
        enjoy:enjoy happy:happi yield:yield youth:youth boyish:boyish syzygy:syzygi flying:fli conditional:condit
        rational:ration relational:relat valency:valenc hesitancy:hesit digitizer:digit conformably:conform
        radically:radic differently:differ vilely:vile analogously:analog vietnamization:vietnam predication:predic
        operator:oper feudalism:feudal decisiveness:decis hopefulness:hope callousness:callous formality:formal
        sensitivity:sensit sensibility:sensibl geology:geolog analogy:analog apology:apolog restlessly:restless
        fully:fulli quickly:quick possibly:possibl triplicate:triplic formative:format formalize:formal
        electricity:electr electrical:electr hopeful:hope goodness:good negative:negat native:nativ revival:reviv
        allowance:allow inference:infer airliner:airlin gyroscopic:gyroscop adjustable:adjust defensible:defens
        irritant:irrit replacement:replac adjustment:adjust dependent:depend adoption:adopt communism:communism
        activate:activ angularity:angular homologous:homolog effective:effect bowdlerize:bowdler probate:probat
        rate:rate cease:ceas controlling:control rolling:roll parallel:parallel mall:mall general:general
        generate:generat generically:generic communal:communal communication:communic arsenal:arsenal arsenic:arsenic
        university:univers universe:univers it's:it don't:don't 'tis:tis rocks':rock teacher's:teacher o'clock:o'clock
        running:run retrieval:retriev searching:search evaluation:evalu experiments:experi rollback:rollback
        releases:releas observability:observ latencies:latenc queries:queri
        """;

    public const string Russian = """
        я:я в:в и:и на:на вы:вы мы:мы ее:е они:он все:все еще:ещ делать:дела делаю:дела делает:дела делал:дела
        делала:дела делали:дела сделав:сдела сделавши:сдела сделавшись:сдела купив:куп купивши:куп купившись:куп
        вымыв:вым вымывши:вым красивый:красив красивая:красив красивое:красив красивые:красив красивого:красив
        красивому:красив красивыми:красив красивейший:красив красивейшая:красив красивее:красив синий:син синяя:син
        синего:син синюю:син читающий:чита читавший:чита читаемый:чита читанный:чита бегущий:бегущ идущего:идущ
        решенный:решен решённый:решен написанные:написа покупающими:покупа умываться:умыва умывается:умыва
        умывался:умыва боимся:бо вернувшись:вернувш смотритесь:смотр пишешь:пишеш пишет:пишет пишут:пишут пишите:пиш
        говорит:говор говорили:говор говорят:говор несет:несет несла:несл несло:несл несли:несл рисует:рис рисуют:рис
        жуй:жу дуйте:дуйт уйти:уйт ждите:ждит стоишь:сто видел:видел видно:видн стол:стол стола:стол столу:стол
        столом:стол столе:стол столы:стол столов:стол столами:стол станция:станц станции:станц станцией:станц
        станциями:станц платье:плат платьев:плат здание:здан здания:здан зданиями:здан зданиях:здан ночь:ноч ночи:ноч
        ночью:ноч конь:кон коней:кон музей:муз музеи:муз героев:геро семья:сем семьи:сем семьей:сем возможность:возможн
        возможностями:возможн радость:радост новость:новост гость:гост кость:кост честность:честност важнейший:важн
        сильнейше:сильн длинный:длин длинн:длин ванн:ван ванна:ван осенний:осен поиск:поиск поиска:поиск релиз:релиз
        релизы:релиз откатить:откат откат:откат откатывать:откатыва выкатка:выкатк документ:документ документы:документ
        документов:документ модель:модел модели:модел моделями:модел оценка:оценк оценивать:оценива
        эксперимент:эксперимент экспериментами:эксперимент запрос:запрос запросы:запрос качество:качеств
        качества:качеств качеством:качеств задержка:задержк задержки:задержк ошибка:ошибк ошибки:ошибк ошибок:ошибок
        наблюдаемость:наблюдаем трассировка:трассировк ё:е ёлка:елк ёлки:елк ещё:ещ моё:мо её:е всё:все подъём:подъ
        съёмка:съемк вз:вз взбр:взбр ссср:ссср кгб:кгб тчк:тчк
        """;

    public static IEnumerable<(string Word, string Stem)> Read(string table)
    {
        foreach (var pair in table.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split(':');
            yield return (parts[0], parts[1]);
        }
    }
}
