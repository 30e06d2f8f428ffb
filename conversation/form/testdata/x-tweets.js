window.YTD.tweets.part0 = [ {
  "tweet" : { "id_str" : "12", "id" : "12", "full_text" : "@ana Yes &amp; until six.", "created_at" : "Mon Mar 02 10:00:00 +0000 2026", "in_reply_to_status_id_str" : "11", "in_reply_to_screen_name" : "ana", "lang" : "en" }
}, {
  "tweet" : { "id_str" : "13", "id" : "13", "full_text" : "RT @ben: look", "created_at" : "Mon Mar 02 11:00:00 +0000 2026", "lang" : "en" }
} ]
